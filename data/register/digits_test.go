package register_test

import (
	"testing"

	"giaoban/data/register"
)

func TestDigitsHaveAnOrder(t *testing.T) {
	for _, pair := range [][2]string{{"HS-0009", "HS-0010"}, {"Phường 2", "Phường 3"}, {"a(b", "a)b"}, {"9", "a"}, {"~", "a"}, {" a", "!a"}} {
		if register.CompareText(pair[0], pair[1]) >= 0 || register.CompareText(pair[1], pair[0]) <= 0 {
			t.Errorf("%q does not stand before %q", pair[0], pair[1])
		}
	}
}
