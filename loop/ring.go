// This file defines ring, the ready queue: a first-in, first-out queue of Runners.
package loop

const ringMin = 64 // slots of the first allocation; a power of two

// A ring is a queue in a circular buffer that doubles when it is full. Its zero value is empty.
type ring struct {
	slots []Runner // Invariant: its length is zero or a power of two; slots outside the queue are nil
	head  uint     // pops so far: the oldest Runner is in slot head modulo len(slots)
	tail  uint     // pushes so far
}

func (q *ring) len() int { return int(q.tail - q.head) }

func (q *ring) push(r Runner) {
	if q.tail-q.head == uint(len(q.slots)) {
		q.grow()
	}
	slots := q.slots
	slots[q.tail&uint(len(slots)-1)] = r
	q.tail++
}

// pop removes the oldest Runner. The queue must not be empty.
func (q *ring) pop() Runner {
	slots := q.slots
	slot := &slots[q.head&uint(len(slots)-1)]
	r := *slot
	*slot = nil
	q.head++
	return r
}

// grow doubles the buffer and moves the queue to its start.
func (q *ring) grow() {
	slots := make([]Runner, max(ringMin, 2*len(q.slots)))
	n := q.len()
	if n > 0 {
		first := q.head & uint(len(q.slots)-1)
		copied := copy(slots, q.slots[first:])
		copy(slots[copied:], q.slots[:first])
	}
	q.slots, q.head, q.tail = slots, 0, uint(n)
}
