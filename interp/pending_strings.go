package interp

// Bytes is a bytes or bytearray.
type Bytes struct {
	Header
	b    []byte
	dict *Dict
}

func stringTypes() []typeSetup { return nil }
