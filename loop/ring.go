// This file defines ring, the first-in, first-out queue under the ready queue and the timers.
package loop

const ringMin = 64 // slots of the first allocation; a power of two

// A ring is a queue in a circular buffer that doubles when it is full. Its zero value is empty.
type ring[T any] struct {
	slots []T // Invariant: its length is zero or a power of two; slots outside the queue are zero
	head  int // the slot of the oldest element
	n     int // elements in the queue
}

func (q *ring[T]) push(e T) {
	if q.n == len(q.slots) {
		q.grow()
	}
	slots := q.slots
	slots[(q.head+q.n)&(len(slots)-1)] = e
	q.n++
}

// pop removes the oldest element. The queue must not be empty.
func (q *ring[T]) pop() T {
	slots, head := q.slots, q.head
	e := slots[head]
	var zero T
	slots[head] = zero
	q.head = (head + 1) & (len(slots) - 1)
	q.n--
	return e
}

// grow doubles the buffer and moves the queue to its start.
func (q *ring[T]) grow() {
	slots := make([]T, max(ringMin, 2*len(q.slots)))
	copied := copy(slots, q.slots[q.head:])
	copy(slots[copied:], q.slots[:q.head])
	q.slots, q.head = slots, 0
}

// at returns the element that i others were pushed before.
func (q *ring[T]) at(i int) *T { return &q.slots[(q.head+i)&(len(q.slots)-1)] }

// truncate drops the elements that were pushed last, so that n are left.
func (q *ring[T]) truncate(n int) {
	var zero T
	for q.n > n {
		q.n--
		*q.at(q.n) = zero
	}
}
