package random

// This file defines the Mersenne Twister MT19937, the generator of Matsumoto and Nishimura (1998), as
// its reference implementation seeds and tempers it.

const (
	twisterSize = 624
	twisterStep = 397
)

// twister is the state of the generator: words, and which is next.
type twister struct {
	words [twisterSize]uint32
	next  int
}

// seedWord fills the state from one word.
func (t *twister) seedWord(s uint32) {
	t.words[0] = s
	for i := 1; i < twisterSize; i++ {
		prev := t.words[i-1]
		t.words[i] = 1812433253*(prev^prev>>30) + uint32(i)
	}
	t.next = twisterSize
}

// seedWords fills the state from a key of at least one word.
func (t *twister) seedWords(key []uint32) {
	t.seedWord(19650218)
	i, j := 1, 0
	for range max(twisterSize, len(key)) {
		prev := t.words[i-1]
		t.words[i] = (t.words[i] ^ (prev^prev>>30)*1664525) + key[j] + uint32(j)
		if i++; i >= twisterSize {
			t.words[0] = t.words[twisterSize-1]
			i = 1
		}
		if j++; j >= len(key) {
			j = 0
		}
	}
	for range twisterSize - 1 {
		prev := t.words[i-1]
		t.words[i] = (t.words[i] ^ (prev^prev>>30)*1566083941) - uint32(i)
		if i++; i >= twisterSize {
			t.words[0] = t.words[twisterSize-1]
			i = 1
		}
	}
	t.words[0] = 1 << 31
}

// word returns the next 32 bits.
func (t *twister) word() uint32 {
	if t.next >= twisterSize {
		t.refill()
	}
	y := t.words[t.next]
	t.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (t *twister) refill() {
	w := &t.words
	mix := func(hi, lo, far uint32) uint32 {
		y := hi&0x80000000 | lo&0x7fffffff
		return far ^ y>>1 ^ -(y&1)&0x9908b0df
	}
	for i := range twisterSize - twisterStep {
		w[i] = mix(w[i], w[i+1], w[i+twisterStep])
	}
	for i := twisterSize - twisterStep; i < twisterSize-1; i++ {
		w[i] = mix(w[i], w[i+1], w[i+twisterStep-twisterSize])
	}
	w[twisterSize-1] = mix(w[twisterSize-1], w[0], w[twisterStep-1])
	t.next = 0
}

// float returns the next float in [0, 1), of 53 random bits.
func (t *twister) float() float64 {
	hi, lo := t.word()>>5, t.word()>>6
	return (float64(hi)*(1<<26) + float64(lo)) / (1 << 53)
}
