package signal

// This file defines the timer behind alarm and setitimer, which sends SIGALRM.

import (
	"math"
	"sync"
	"time"

	"aio/interp"
)

// realTimer is ITIMER_REAL. Its fields are shared with the goroutine that a Go timer runs when it fires.
type realTimer struct {
	mu       sync.Mutex
	timer    *time.Timer // nil when it is not set
	due      time.Time
	interval time.Duration // between one time and the next; 0: it fires once
	kind     int64         // the action of SIGALRM, unless handled
	handled  bool          // the script has a handler for SIGALRM
}

func (t *realTimer) setAction(kind int64, isKind bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kind, t.handled = kind, !isKind
}

// set starts the timer, or stops it when delay is 0, and returns what was left of it before.
func (t *realTimer) set(in *interp.Interp, delay, interval time.Duration) (left, every time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	left, every = t.left(), t.interval
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
	t.interval = interval
	if delay > 0 {
		t.start(in, delay)
	}
	return left, every
}

func (t *realTimer) start(in *interp.Interp, delay time.Duration) {
	t.due = time.Now().Add(delay)
	var mine *time.Timer
	mine = time.AfterFunc(delay, func() { t.fire(in, &mine) })
	t.timer = mine
}

// fire sends the signal, unless the timer was set again meanwhile.
func (t *realTimer) fire(in *interp.Interp, mine **time.Timer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.timer == nil || t.timer != *mine {
		return
	}
	t.timer = nil
	if t.interval > 0 {
		t.start(in, t.interval)
	}
	act(in, alarmSignal, t.kind, !t.handled)
}

// left returns how long it is until the timer fires, 0 when it is not set. The caller holds t.mu.
func (t *realTimer) left() time.Duration {
	if t.timer == nil {
		return 0
	}
	return max(time.Until(t.due), time.Microsecond)
}

// alarm counts in whole seconds, rounded up.
func alarm(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	left, _ := stateOf(th).timer.set(th.Interp(), time.Duration(uint32(n))*time.Second, 0)
	return interp.MkInt(int64(math.Ceil(left.Seconds()))), nil
}

func setITimer(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if err := checkTimer(th, a[0]); err != nil {
		return interp.Value{}, err
	}
	delay, err := seconds(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	interval, err := seconds(th, a[2])
	if err != nil {
		return interp.Value{}, err
	}
	left, every := stateOf(th).timer.set(th.Interp(), delay, interval)
	return timerTuple(left, every), nil
}

func getITimer(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if err := checkTimer(th, a[0]); err != nil {
		return interp.Value{}, err
	}
	t := &stateOf(th).timer
	t.mu.Lock()
	defer t.mu.Unlock()
	return timerTuple(t.left(), t.interval), nil
}

func timerTuple(left, every time.Duration) interp.Value {
	return interp.MkTuple([]interp.Value{interp.MkFloat(left.Seconds()), interp.MkFloat(every.Seconds())})
}

// checkTimer refuses all timers but ITIMER_REAL: there is none that counts the time of the processor.
func checkTimer(th *interp.Thread, v interp.Value) *interp.Exc {
	n, err := th.IndexInt(v)
	if err == nil && n != 0 {
		err = invalidTimer()
	}
	return err
}

func seconds(th *interp.Thread, v interp.Value) (time.Duration, *interp.Exc) {
	f, err := th.Float(v)
	if err != nil {
		return 0, err
	}
	if f < 0 || math.IsNaN(f) {
		return 0, invalidTimer()
	}
	return time.Duration(min(f*1e9, math.MaxInt64/2)), nil
}

func invalidTimer() *interp.Exc {
	const invalidArgument = 22
	return interp.NewExc(itimerError, interp.MkInt(invalidArgument), interp.MkStr(interp.ErrnoText(invalidArgument)))
}
