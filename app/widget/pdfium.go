package widget

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"giaoban/data"
)

// PDFEngine turns PDF pages into pictures. Its methods take time and are called
// off the main goroutine; they may be called from several.
type PDFEngine interface {
	// Open reads a document. The bytes must not change until it is closed.
	Open(pdf []byte) (PDFDocument, error)
	// Close ends the engine.
	Close() error
}

// PDFDocument is an open document.
type PDFDocument interface {
	// Pages returns the number of pages.
	Pages() int
	// PageSize returns width and height of a page in points.
	PageSize(page int) (w, h float64)
	// Render draws a page, from 0, of the given width in px.
	Render(page, width int) (image.Image, error)
	// Close frees the document.
	Close() error
}

// NewPDFEngine returns an engine that starts at its first document. Compiled
// code is kept in cacheDir: with it a start takes a tenth of a second, the first
// time two or three. An empty cacheDir keeps nothing.
func NewPDFEngine(cacheDir string) PDFEngine { return &pdfEngine{cacheDir: cacheDir} }

// pdfEngine runs one worker, in a sandbox without files or network. All calls
// into it are made one after the other.
type pdfEngine struct {
	cacheDir string

	mu       sync.Mutex
	pool     pdfium.Pool
	worker   pdfium.Pdfium
	cache    wazero.CompilationCache
	finished bool
}

func pdfFailed(cause error) error {
	return data.Fail(data.Internal, "Không hiển thị được trang in. Xuất PDF rồi mở bằng chương trình xem PDF của máy.", cause)
}

func (e *pdfEngine) start() error {
	if e.finished {
		return pdfFailed(fmt.Errorf("engine closed"))
	}
	if e.worker != nil {
		return nil
	}
	config := wazero.NewRuntimeConfig()
	if e.cacheDir != "" {
		// Without a cache the start is slow but works.
		if c, err := wazero.NewCompilationCacheWithDir(e.cacheDir); err == nil {
			e.cache = c
			config = config.WithCompilationCache(c)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return pdfFailed(err)
	}
	worker, err := pool.GetInstance(30 * time.Second)
	if err != nil {
		_ = pool.Close()
		return pdfFailed(err)
	}
	e.pool, e.worker = pool, worker
	return nil
}

// WarmPDF starts an engine before its first document, so that the first pages
// come at once. It takes up to some seconds; call it off the main goroutine. A
// failure shows itself again when a document is opened.
func WarmPDF(engine PDFEngine) {
	if e, ok := engine.(*pdfEngine); ok {
		e.mu.Lock()
		defer e.mu.Unlock()
		_ = e.start()
	}
}

func (e *pdfEngine) Open(pdf []byte) (PDFDocument, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.start(); err != nil {
		return nil, err
	}
	size := int64(len(pdf))
	doc, err := e.worker.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(pdf), FileReaderSize: size})
	if err != nil {
		return nil, pdfFailed(err)
	}
	d := &pdfDocument{engine: e, ref: doc.Document}
	count, err := e.worker.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		_ = d.closeLocked()
		return nil, pdfFailed(err)
	}
	d.sizes = make([][2]float64, count.PageCount)
	for i := range d.sizes {
		s, err := e.worker.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc.Document, Index: i})
		if err != nil {
			_ = d.closeLocked()
			return nil, pdfFailed(err)
		}
		d.sizes[i] = [2]float64{s.Width, s.Height}
	}
	return d, nil
}

func (e *pdfEngine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.finished = true
	if e.worker == nil {
		return nil
	}
	err := e.worker.Close()
	if err2 := e.pool.Close(); err == nil {
		err = err2
	}
	e.worker, e.pool = nil, nil
	return err
}

type pdfDocument struct {
	engine *pdfEngine
	ref    references.FPDF_DOCUMENT
	sizes  [][2]float64
	closed bool
}

func (d *pdfDocument) Pages() int { return len(d.sizes) }

func (d *pdfDocument) PageSize(page int) (w, h float64) { return d.sizes[page][0], d.sizes[page][1] }

func (d *pdfDocument) Render(page, width int) (image.Image, error) {
	d.engine.mu.Lock()
	defer d.engine.mu.Unlock()
	if d.closed || d.engine.worker == nil {
		return nil, pdfFailed(fmt.Errorf("document closed"))
	}
	out, err := d.engine.worker.RenderPageInPixels(&requests.RenderPageInPixels{Width: width,
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: page}}})
	if err != nil {
		return nil, pdfFailed(err)
	}
	defer out.Cleanup()
	// The picture lies in the worker's memory, which Cleanup gives back.
	src := out.Result.Image
	img := image.NewRGBA(src.Rect)
	copy(img.Pix, src.Pix)
	return img, nil
}

func (d *pdfDocument) Close() error {
	d.engine.mu.Lock()
	defer d.engine.mu.Unlock()
	return d.closeLocked()
}

func (d *pdfDocument) closeLocked() error {
	if d.closed || d.engine.worker == nil {
		return nil
	}
	d.closed = true
	_, err := d.engine.worker.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref})
	return err
}
