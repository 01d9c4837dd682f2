package exchange

import "giaoban/data"

// ParseTerm reads a time limit as files write it, such as "3 ngày làm việc",
// "15 ngày", "4 giờ"; the unknown term for anything else.
func ParseTerm(text string) data.Term { return termOf(text) }

// ParseMoney reads đồng: "20000", "20.000", "20,000 đ"; known is false for words.
func ParseMoney(text string) (amount int64, known bool) { return moneyOf([]byte(text)) }
