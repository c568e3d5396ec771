// This file tests the order of callbacks and the ends of turns, under the virtual clock.
package loop

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

type call func()

func (f call) Run() { f() }

// A recorder notes what ran, in order.
type recorder struct {
	*Loop
	log []string
}

func newRecorder() *recorder { return &recorder{Loop: New(NewVirtualClock())} }

// note returns a callback that logs name and the time.
func (r *recorder) note(name string) Runner {
	return call(func() { r.log = append(r.log, fmt.Sprintf("%s@%d", name, r.Time())) })
}

func (r *recorder) expect(t *testing.T, want string) {
	t.Helper()
	if got := strings.Join(r.log, " "); got != want {
		t.Errorf("ran  %s\nwant %s", got, want)
	}
}

// runAll makes turns until the loop has nothing left to do.
func (r *recorder) runAll(t *testing.T) {
	t.Helper()
	if s := r.RunUntil(func() bool { return false }); s != Deadlock {
		t.Fatalf("state %v, want Deadlock", s)
	}
}

func TestReadyIsFirstInFirstOut(t *testing.T) {
	r := newRecorder()
	var want []string
	for round := range 3 { // the ring wraps around and grows in between
		for i := range 50 * (round + 1) {
			r.Ready(r.note(fmt.Sprint(i)))
			want = append(want, fmt.Sprintf("%d@0", i))
		}
		if round != 1 {
			r.RunOnce()
		}
	}
	r.expect(t, strings.Join(want, " "))
}

func TestBatchLeavesWhatIsQueuedMeanwhile(t *testing.T) {
	r := newRecorder()
	r.Ready(call(func() { r.note("a").Run(); r.Ready(r.note("c")) }))
	r.Ready(r.note("b"))
	if s := r.RunOnce(); s != Running {
		t.Fatalf("state %v", s)
	}
	r.expect(t, "a@0 b@0")
	if n := r.ReadyLen(); n != 1 {
		t.Fatalf("ReadyLen %d, want 1", n)
	}
	r.RunOnce()
	r.expect(t, "a@0 b@0 c@0")
}

func TestTimersRunByTimeThenByStart(t *testing.T) {
	r := newRecorder()
	timers := make([]Timer, 6)
	for i, when := range []time.Duration{30, 10, 20, 10, 30, 10} {
		r.StartTimer(&timers[i], when, r.note(fmt.Sprint(i)))
	}
	r.runAll(t)
	r.expect(t, "1@10 3@10 5@10 2@20 0@30 4@30")
}

func TestDueTimersComeBehindReadyCallbacks(t *testing.T) {
	r := newRecorder()
	var timer Timer
	r.StartTimer(&timer, 0, r.note("timer"))
	r.Ready(r.note("ready"))
	r.RunOnce()
	r.expect(t, "ready@0 timer@0")
}

func TestTimerSetInABatchWaitsForTheNextTurn(t *testing.T) {
	r := newRecorder()
	var timer Timer
	r.Ready(call(func() { r.StartTimer(&timer, 0, r.note("timer")) }))
	r.RunOnce()
	r.expect(t, "")
	r.RunOnce()
	r.expect(t, "timer@0")
}

func TestStoppedTimerDoesNotFire(t *testing.T) {
	r := newRecorder()
	var a, b, c Timer
	r.StartTimer(&a, 10, r.note("a"))
	r.StartTimer(&b, 20, r.note("b"))
	r.StartTimer(&c, 30, r.note("c"))
	if !r.StopTimer(&a) || r.StopTimer(&a) || !r.StopTimer(&c) {
		t.Error("StopTimer must return true once")
	}
	r.StartTimer(&a, 25, r.note("again"))
	if !a.Pending() || c.Pending() {
		t.Error("Pending is wrong")
	}
	r.runAll(t)
	r.expect(t, "b@20 again@25")
	if r.StopTimer(&b) || b.Pending() {
		t.Error("a fired timer is not pending")
	}
}

func TestStoppedTimerLeavesNothingToWaitFor(t *testing.T) {
	r := newRecorder()
	var a, b Timer
	r.StartTimer(&a, 10, r.note("a"))
	r.StartTimer(&b, 20, r.note("b"))
	r.StopTimer(&a)
	r.StopTimer(&b)
	r.runAll(t)
	r.expect(t, "")
	if r.Time() != 0 {
		t.Errorf("time %d, want 0", r.Time())
	}
}

func TestStartingAPendingTimerMovesIt(t *testing.T) {
	r := newRecorder()
	var a, b Timer
	r.StartTimer(&a, 10, r.note("early"))
	r.StartTimer(&b, 20, r.note("b"))
	r.StartTimer(&a, 30, r.note("late"))
	r.runAll(t)
	r.expect(t, "b@20 late@30")
}

// The heap against a sorted slice, through random starts, stops and jumps.
func TestTimersAgainstAModel(t *testing.T) {
	type expected struct {
		when time.Duration
		n    int
	}
	random := rand.New(rand.NewSource(1))
	r := New(NewVirtualClock())
	timers := make([]Timer, 400)
	var model []expected
	var got, want []int
	for step := range 20000 {
		n := random.Intn(len(timers))
		i := slices.IndexFunc(model, func(e expected) bool { return e.n == n })
		switch {
		case random.Intn(100) == 0 && len(model) > 0:
			now := model[0].when
			for len(model) > 0 && model[0].when <= now {
				want = append(want, model[0].n)
				model = model[1:]
			}
			r.RunOnce()
		case i >= 0:
			model = slices.Delete(model, i, i+1)
			if !r.StopTimer(&timers[n]) {
				t.Fatalf("step %d: timer %d was pending", step, n)
			}
		default:
			when := r.Time() + time.Duration(random.Intn(50))
			at := slices.IndexFunc(model, func(e expected) bool { return e.when > when })
			if at < 0 {
				at = len(model)
			}
			model = slices.Insert(model, at, expected{when, n})
			r.StartTimer(&timers[n], when, call(func() { got = append(got, n) }))
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("fired %d timers in another order than the model's %d", len(got), len(want))
	}
}

func TestCancelledTimersAreSwept(t *testing.T) {
	l := New(NewVirtualClock())
	timers := make([]Timer, 10000)
	for i := range timers {
		l.StartTimer(&timers[i], time.Duration(i), call(func() {}))
	}
	for i := range timers[1:] {
		l.StopTimer(&timers[i])
	}
	if n := l.timers.len(); n > 2*minSweep+2 {
		t.Errorf("%d entries left for one timer", n)
	}
}

func TestRunUntilStopsAfterATurn(t *testing.T) {
	r := newRecorder()
	stop := false
	r.Ready(call(func() { stop = true; r.Ready(r.note("next turn")) }))
	r.Ready(r.note("same turn"))
	if s := r.RunUntil(func() bool { return stop }); s != Stopped {
		t.Fatalf("state %v, want Stopped", s)
	}
	r.expect(t, "same turn@0")
	if s := r.RunUntil(func() bool { return true }); s != Stopped {
		t.Fatalf("state %v, want Stopped", s)
	}
	r.expect(t, "same turn@0 next turn@0")
}

func TestRunUntilDoesNotWaitWhenStoppedBefore(t *testing.T) {
	r := newRecorder()
	var timer Timer
	r.StartTimer(&timer, 10, r.note("timer"))
	if s := r.RunUntil(func() bool { return true }); s != Stopped || r.Time() != 0 {
		t.Errorf("state %v at %d, want Stopped at 0", s, r.Time())
	}
}

func TestBreakLeavesTheRestQueued(t *testing.T) {
	r := newRecorder()
	r.Ready(r.note("a"))
	r.Ready(call(r.Break))
	r.Ready(r.note("b"))
	if s := r.RunOnce(); s != Broken {
		t.Fatalf("state %v, want Broken", s)
	}
	r.expect(t, "a@0")
	r.runAll(t)
	r.expect(t, "a@0 b@0")
}

func TestAnotherLoopRunsInsideACallback(t *testing.T) {
	outer, inner := newRecorder(), newRecorder()
	inner.Ready(inner.note("inner"))
	outer.Ready(call(func() { inner.runAll(t); outer.note("first").Run() }))
	outer.Ready(outer.note("second"))
	outer.runAll(t)
	inner.expect(t, "inner@0")
	outer.expect(t, "first@0 second@0")
}

func TestATurnInsideACallback(t *testing.T) {
	r := newRecorder()
	r.Ready(call(func() { r.RunOnce(); r.note("a").Run() }))
	r.Ready(r.note("b"))
	r.RunOnce()
	r.expect(t, "b@0 a@0")
	r.runAll(t)
}

func TestCompletionComesBeforeAnyLaterTime(t *testing.T) {
	r := newRecorder()
	var timer Timer
	r.StartTimer(&timer, 10, r.note("timer"))
	c := r.Pending()
	go func() {
		time.Sleep(5 * time.Millisecond)
		c.Done(r.note("completion"))
		c.Done(r.note("a second time"))
	}()
	r.runAll(t)
	r.expect(t, "completion@0 timer@10")
}

func TestCompletionMayCloseWithoutACallback(t *testing.T) {
	r := newRecorder()
	c := r.Pending()
	go c.Done(nil)
	r.runAll(t)
	r.expect(t, "")
}

func TestPostKeepsTheOrderOfQueueing(t *testing.T) {
	r := newRecorder()
	r.Ready(r.note("a"))
	r.Post(r.note("b"))
	r.Ready(r.note("c"))
	r.Post(r.note("d"))
	r.RunOnce()
	r.expect(t, "a@0 b@0 c@0 d@0")
}

func TestInterruptEndsAWait(t *testing.T) {
	r := New(NewRealClock())
	var timer Timer
	r.StartTimer(&timer, time.Hour, call(func() {}))
	time.AfterFunc(5*time.Millisecond, r.Interrupt)
	if s := r.RunOnce(); s != Interrupted {
		t.Fatalf("state %v, want Interrupted", s)
	}
	r.StopTimer(&timer)
	if s := r.RunOnce(); s != Deadlock {
		t.Fatalf("state %v, want Deadlock: an interruption is reported once", s)
	}
}

func TestInterruptLosesNoCallback(t *testing.T) {
	r := newRecorder()
	r.Post(r.note("posted"))
	r.Ready(r.note("ready"))
	r.Interrupt()
	r.Ready(r.note("later"))
	if s := r.RunOnce(); s != Interrupted {
		t.Fatalf("state %v, want Interrupted", s)
	}
	r.expect(t, "")
	r.runAll(t)
	r.expect(t, "posted@0 ready@0 later@0")
}

func TestRealClockWaits(t *testing.T) {
	l := New(NewRealClock())
	var timer Timer
	ran := time.Duration(0)
	l.StartTimer(&timer, l.Time()+20*time.Millisecond, call(func() { ran = l.Time() }))
	l.RunOnce()
	if ran < timer.When {
		t.Errorf("ran at %v, before %v", ran, timer.When)
	}
}

func TestManyGoroutinesDeliver(t *testing.T) {
	for _, clock := range []Clock{NewRealClock(), NewVirtualClock()} {
		l := New(clock)
		const posters, each = 8, 500
		ran := 0
		count := call(func() { ran++ })
		var wg sync.WaitGroup
		for range posters {
			last := l.Pending()
			wg.Go(func() {
				for range each {
					c := l.Pending()
					l.Post(count)
					c.Done(count)
				}
				last.Done(nil)
			})
		}
		var timer Timer
		l.StartTimer(&timer, 1, count)
		if s := l.RunUntil(func() bool { return false }); s != Deadlock {
			t.Errorf("state %v, want Deadlock", s)
		}
		if ran != 2*posters*each+1 {
			t.Errorf("ran %d callbacks, want %d", ran, 2*posters*each+1)
		}
		wg.Wait()
	}
}

// Deliveries that race with the decision to wait, to jump or to give up.
func TestDeliveryRacesWithTheWait(t *testing.T) {
	for i := range 20000 {
		r := newRecorder()
		var timer Timer
		want := "timer@10"
		if i%2 == 0 {
			r.StartTimer(&timer, 10, r.note("timer"))
		} else {
			want = ""
		}
		c, note := r.Pending(), r.note("completion")
		if i%3 == 0 {
			note = nil
		} else {
			want = strings.TrimSpace("completion@0 " + want)
		}
		go c.Done(note)
		r.runAll(t)
		r.expect(t, want)
		if t.Failed() {
			t.Fatalf("in round %d", i)
		}
	}
}

func TestTracerSeesEveryDecision(t *testing.T) {
	r := newRecorder()
	name := func(n Runner) string {
		if n == nil {
			return "nothing"
		}
		return n.(*named).name
	}
	add := func(format string, args ...any) { r.log = append(r.log, fmt.Sprintf(format, args...)) }
	r.SetTracer(&Tracer{
		Ready:               func(n Runner) { add("ready(%s)", name(n)) },
		TimerSet:            func(t *Timer) { add("set(%d)", t.When) },
		TimerFired:          func(t *Timer, n Runner) { add("fired(%d,%s)", t.When, name(n)) },
		TimerCancelled:      func(t *Timer) { add("cancelled(%d,%s)", t.When, name(t.R)) },
		PendingOpened:       func(*Completion) { add("opened") },
		CompletionDelivered: func(_ *Completion, n Runner) { add("delivered(%s)", name(n)) },
		TurnBegin:           func(turn uint64, batch int) { add("begin(%d,%d)", turn, batch) },
		TurnEnd:             func(turn uint64) { add("end(%d)", turn) },
		Wait:                func(until time.Duration) { add("wait(%d)", until) },
	})
	var a, b Timer
	r.Ready(&named{"x"})
	r.StartTimer(&a, 5, &named{"y"})
	r.StartTimer(&b, 6, &named{"z"})
	r.StopTimer(&b)
	r.Pending().Done(nil)
	r.runAll(t)
	r.expect(t, "ready(x) set(5) set(6) cancelled(6,z) opened delivered(nothing) "+
		"begin(1,1) end(1) wait(5) fired(5,y) begin(2,1) end(2)")
}

func TestEmptyTracerIsAllowed(t *testing.T) {
	r := newRecorder()
	r.SetTracer(new(Tracer))
	var a Timer
	r.StartTimer(&a, 5, r.note("a"))
	r.StopTimer(&a)
	r.StartTimer(&a, 6, r.note("b"))
	r.Pending().Done(r.note("c"))
	r.Post(r.note("d"))
	r.runAll(t)
	r.expect(t, "c@0 d@0 b@6")
}

type named struct{ name string }

func (*named) Run() {}
