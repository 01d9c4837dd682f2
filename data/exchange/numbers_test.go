package exchange_test

import (
	"testing"

	"giaoban/data/exchange"
)

// Amounts of files follow the rule of typed ones, beside what workbooks and other
// programs write.
func TestMoneyOfFiles(t *testing.T) {
	for text, want := range map[string]int64{
		"20000": 20_000, "20.000": 20_000, "20,000 đ": 20_000, "1.250.000 đồng": 1_250_000, "1 250 000": 1_250_000, "20000.0": 20_000, "2E+4": 20_000, "20.000 VNĐ": 20_000, "0": 0, "2.000": 2_000,
	} {
		if n, ok := exchange.ParseMoney(text); !ok || n != want {
			t.Errorf("%q: %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"1.5", "2,5 đ", "50.00", "1.25", "theo quy định", "miễn phí", "20.000 đ/bản chính", "12,34", "1.2.3"} {
		if n, ok := exchange.ParseMoney(text); ok {
			t.Errorf("%q is %d đồng", text, n)
		}
	}
}
