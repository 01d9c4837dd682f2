package inspect

// Kinds returns all checks, the worst first.
func Kinds() []*Kind { return kinds }
