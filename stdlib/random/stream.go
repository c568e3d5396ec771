package random

// This file defines where random bits come from: a twister, the operating system, or the methods of a
// script's class.

import (
	"crypto/sha512"
	"encoding/binary"
	gomath "math"
	"math/big"
	"math/bits"
	"sync"

	"aio/interp"
)

var setup = sync.OnceFunc(setupTypes)

// source is the state of a generator. Until it is seeded it has none: the first use seeds it.
type source struct {
	twister
	system    bool // draws from the operating system
	seeded    bool
	gaussNext interp.Value // what gauss() has left over, unbound or None without
}

// stream is a source in use by a call.
type stream struct {
	th   *interp.Thread
	self interp.Value
	src  *source
	err  *interp.Exc // what a script's method raised
	// ownFloat and ownBits say that a script's class defines random() or getrandbits().
	ownFloat, ownBits bool
}

// inspect finds out which methods the class of self defines for itself.
func (s *stream) inspect() {
	t := interp.TypeOf(s.self)
	if t == randomType || t == systemRandomType {
		return
	}
	s.ownFloat = overrides(t, "random")
	s.ownBits = overrides(t, "getrandbits")
}

func overrides(t *interp.Type, name string) bool {
	own, _ := t.Lookup(name)
	base, _ := randomType.Lookup(name)
	return !interp.Is(own, base)
}

// entropy fills buf with bytes of the operating system.
func (s *stream) entropy(buf []byte) {
	if err := s.th.Interp().Entropy(buf); err != nil && s.err == nil {
		s.err = interp.Errorf(interp.OSError, "%v", err)
	}
}

// ready seeds a source that never was.
func (s *stream) ready() *twister {
	if !s.src.seeded {
		s.seedSystem()
	}
	return &s.src.twister
}

func (s *stream) seedSystem() {
	buf := make([]byte, 4*twisterSize)
	s.entropy(buf)
	key := make([]uint32, twisterSize)
	for i := range key {
		key[i] = binary.LittleEndian.Uint32(buf[4*i:])
	}
	s.src.seedWords(key)
	s.src.seeded = true
}

// float returns the next float in [0, 1).
func (s *stream) float() float64 {
	switch {
	case s.ownFloat:
		return s.scriptFloat()
	case s.src.system:
		var buf [8]byte
		s.entropy(buf[1:])
		return float64(binary.BigEndian.Uint64(buf[:])>>3) / (1 << 53)
	}
	return s.ready().float()
}

// scriptFloat calls the script's random(). After an error it returns a number that ends every loop.
func (s *stream) scriptFloat() float64 {
	const harmless = 0.5
	if s.err != nil {
		return harmless
	}
	v, err := s.th.CallMethod(s.self, "random")
	if err != nil {
		s.err = err
		return harmless
	}
	f, err := s.th.Float(v)
	if err != nil {
		s.err = err
		return harmless
	}
	return f
}

// bits returns the next k bits, 0 < k <= 64.
func (s *stream) bits(k int) uint64 {
	if s.ownBits || s.src.system {
		return s.bigBits(k).Uint64()
	}
	t := s.ready()
	if k <= 32 {
		return uint64(t.word() >> (32 - k))
	}
	lo := t.word()
	return uint64(t.word()>>(64-k))<<32 | uint64(lo)
}

// bigBits returns the next k > 0 bits.
func (s *stream) bigBits(k int) *big.Int {
	switch {
	case s.ownBits:
		return s.scriptBits(k)
	case s.src.system:
		buf := make([]byte, (k+7)/8)
		s.entropy(buf)
		z := new(big.Int).SetBytes(buf)
		return z.Rsh(z, uint(len(buf)*8-k))
	}
	t := s.ready()
	buf := make([]byte, (k+31)/32*4) // big-endian, the first word drawn last
	for end := len(buf); end > 0; end -= 4 {
		w := t.word()
		if k < 32 {
			w >>= 32 - k
		}
		binary.BigEndian.PutUint32(buf[end-4:], w)
		k -= 32
	}
	return new(big.Int).SetBytes(buf)
}

func (s *stream) scriptBits(k int) *big.Int {
	if s.err == nil {
		v, err := s.th.CallMethod(s.self, "getrandbits", interp.MkInt(int64(k)))
		if err == nil {
			v, err = s.th.Index(v)
		}
		if err == nil {
			b, _ := interp.BigOf(v)
			return b
		}
		s.err = err
	}
	return new(big.Int)
}

// below returns a random int in [0, n), n > 0.
func (s *stream) below(n int64) int64 {
	if s.ownFloat && !s.ownBits {
		return s.belowByFloat(n)
	}
	k := bits.Len64(uint64(n))
	r := s.bits(k)
	for r >= uint64(n) {
		r = s.bits(k)
	}
	return int64(r)
}

// belowByFloat is below for a class that defines only random().
func (s *stream) belowByFloat(n int64) int64 {
	const size = 1 << 53
	if n >= size {
		return int64(s.float() * float64(n))
	}
	limit := float64(size-size%n) / size
	r := s.float()
	for r >= limit {
		r = s.float()
	}
	return int64(r*size) % n
}

// bigBelow is below for an n of any size.
func (s *stream) bigBelow(n *big.Int) *big.Int {
	if n.IsInt64() {
		return big.NewInt(s.below(n.Int64()))
	}
	if s.ownFloat && !s.ownBits {
		f, _ := n.Float64()
		z, _ := big.NewFloat(s.float() * f).Int(nil)
		return z
	}
	k := n.BitLen()
	r := s.bigBits(k)
	for r.Cmp(n) >= 0 {
		r = s.bigBits(k)
	}
	return r
}

func seed(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	if s.src.system {
		return interp.None, nil
	}
	version, err := s.th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	s.src.gaussNext = interp.None
	if a[0].IsNone() {
		s.seedSystem()
		return interp.None, nil
	}
	n, err := s.seedNumber(a[0], version)
	if err != nil {
		return interp.Value{}, err
	}
	s.src.seedWords(keyOf(n))
	s.src.seeded = true
	return interp.None, nil
}

// keyOf returns |n| in words, the lowest first.
func keyOf(n *big.Int) []uint32 {
	var key []uint32
	for _, w := range n.Bits() {
		key = append(key, uint32(w), uint32(uint64(w)>>32))
	}
	for len(key) > 1 && key[len(key)-1] == 0 {
		key = key[:len(key)-1]
	}
	if len(key) == 0 {
		key = []uint32{0}
	}
	return key
}

// seedNumber returns the number that a seed of any supported type stands for.
func (s *stream) seedNumber(v interp.Value, version int) (*big.Int, *interp.Exc) {
	if b, ok := interp.BigOf(v); ok {
		return b, nil
	}
	if f, ok := interp.FloatOf(v); ok {
		h, err := s.th.Hash(interp.MkFloat(f))
		return new(big.Int).SetUint64(h), err
	}
	var data []byte
	text, isStr := interp.StrOf(v)
	if isStr {
		data = []byte(text)
	} else if b, ok := interp.BufferOf(v); ok {
		data = b
	} else {
		return nil, interp.TypeErrorf("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
	}
	if version == 1 {
		return oldSeed(text, data, isStr), nil
	}
	digest := sha512.Sum512(data)
	return new(big.Int).SetBytes(append(append([]byte(nil), data...), digest[:]...)), nil
}

// oldSeed is the hash of text that version 1 seeds with.
func oldSeed(text string, data []byte, isStr bool) *big.Int {
	var chars []rune
	if isStr {
		chars = []rune(text)
	} else {
		for _, c := range data {
			chars = append(chars, rune(c))
		}
	}
	var x uint64
	if len(chars) > 0 {
		x = uint64(chars[0]) << 7
	}
	for _, c := range chars {
		x = 1000003*x ^ uint64(c)
	}
	return new(big.Int).SetUint64(x ^ uint64(len(chars)))
}

func noState() *interp.Exc {
	return interp.Errorf(interp.NotImplementedErr, "System entropy source does not have state.")
}

// stateVersion is the version of the states that getstate() returns.
const stateVersion = 3

func getState(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	if s.src.system {
		return interp.Value{}, noState()
	}
	t := s.ready()
	words := make([]interp.Value, twisterSize+1)
	for i, w := range t.words {
		words[i] = interp.MkInt(int64(w))
	}
	words[twisterSize] = interp.MkInt(int64(t.next))
	left := s.src.gaussNext
	if left.IsUnbound() {
		left = interp.None
	}
	return interp.MkTuple([]interp.Value{interp.MkInt(stateVersion), interp.MkTuple(words), left}), nil
}

func setState(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	if s.src.system {
		return interp.Value{}, noState()
	}
	state, err := s.th.Items(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if len(state) != 3 {
		return interp.Value{}, interp.ValueErrorf("not enough values to unpack (expected 3, got %d)", len(state))
	}
	if v, ok := interp.AsInt(state[0]); !ok || v != stateVersion {
		shown, err := s.th.Str(state[0])
		if err != nil {
			return interp.Value{}, err
		}
		return interp.Value{}, interp.ValueErrorf("state with version %s passed to Random.setstate() of version %d", shown, stateVersion)
	}
	words, ok := interp.AsTuple(state[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("state vector must be a tuple")
	}
	if len(words.Items()) != twisterSize+1 {
		return interp.Value{}, interp.ValueErrorf("state vector is the wrong size")
	}
	var t twister
	for i, w := range words.Items() {
		n, err := s.th.IndexInt(w)
		if err != nil {
			return interp.Value{}, err
		}
		if i < twisterSize {
			t.words[i] = uint32(n)
		} else if t.next = n; n < 0 || n > twisterSize {
			return interp.Value{}, interp.ValueErrorf("invalid state")
		}
	}
	s.src.twister, s.src.seeded, s.src.gaussNext = t, true, state[2]
	return interp.None, nil
}

func randomFloat(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	s.ownFloat = false // it is asked by name: this is the one of the base
	return interp.MkFloat(s.float()), nil
}

func getRandBits(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	s.ownBits = false
	k, err := s.th.IndexInt(a[0])
	switch {
	case err != nil:
		return interp.Value{}, err
	case k < 0:
		return interp.Value{}, interp.ValueErrorf("number of bits must be non-negative")
	case k == 0:
		return interp.MkInt(0), nil
	case k > gomath.MaxInt32:
		return interp.Value{}, interp.NewExc(interp.MemoryError)
	case k < 64:
		return interp.MkInt(int64(s.bits(k))), nil
	}
	return interp.MkBig(s.bigBits(k)), nil
}

func randBytes(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := s.th.IndexInt(a[0])
	switch {
	case err != nil:
		return interp.Value{}, err
	case n < 0:
		return interp.Value{}, interp.ValueErrorf("number of bits must be non-negative")
	case n > gomath.MaxInt32/8:
		return interp.Value{}, interp.NewExc(interp.MemoryError)
	}
	buf := make([]byte, n)
	if s.src.system {
		s.entropy(buf)
		return interp.MkBytes(buf), nil
	}
	if n > 0 {
		s.bigBits(n * 8).FillBytes(buf)
	}
	for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
		buf[i], buf[j] = buf[j], buf[i]
	}
	return interp.MkBytes(buf), nil
}
