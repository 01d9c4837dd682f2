package data

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// ErrorCode says what kind of failure an Error reports; commands and screens
// decide by it, people read Message.
type ErrorCode string

// The codes of Error.
const (
	Invalid   ErrorCode = "invalid"   // the input is wrong; Field may name where
	NotFound  ErrorCode = "not_found" // the thing asked for does not exist
	Conflict  ErrorCode = "conflict"  // the state of the data forbids it
	Locked    ErrorCode = "locked"    // another program holds the file
	Damaged   ErrorCode = "damaged"   // the file cannot be read
	Newer     ErrorCode = "newer"     // the file was written by a newer program
	ReadOnly  ErrorCode = "read_only" // the file or its folder cannot be written
	Refused   ErrorCode = "refused"   // a file to import is not one that can be imported
	Sealed    ErrorCode = "sealed"    // the file is protected and was not opened with a password or code
	Denied    ErrorCode = "denied"    // wrong password or code, or the role does not allow it
	Offline   ErrorCode = "offline"   // the server of the register cannot be reached
	Cancelled ErrorCode = "cancelled" // the officer cancelled the work
	Internal  ErrorCode = "internal"  // a fault of the program
	// Unsure: the change was made and everybody sees it, but the disk did not
	// confirm it. It must not be told as a change that failed.
	Unsure ErrorCode = "unsure"
)

// Error is a failure told to an officer: Message is one or more Vietnamese
// sentences that say what happened, where, and what to do.
type Error struct {
	Code    ErrorCode
	Message string
	Field   string // name of the field, column or file part, where there is one
	Cause   error  // the technical cause, for the log; never shown
}

// Error returns the sentence for the officer.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the technical cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf returns the code of err: "" for nil, Internal for an error that is not
// an Error.
func CodeOf(err error) ErrorCode {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Fail builds an Error without a field.
func Fail(code ErrorCode, message string, cause error) *Error {
	return &Error{Code: code, Message: message, Cause: cause}
}

// Fault is a panic that was caught: what was thrown and where. It is the cause of
// an Error, for the log.
type Fault struct {
	Value any
	Stack []byte
}

// Caught makes a Fault of what recover returned; it is called where that was.
func Caught(value any) *Fault { return &Fault{value, debug.Stack()} }

// Error implements error.
func (f *Fault) Error() string { return fmt.Sprintf("panic: %v", f.Value) }
