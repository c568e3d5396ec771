package interp

// This file tests how threads take turns.

import (
	"slices"
	"testing"
	"time"

	"aio/loop"
)

func TestThreadsTakeTurnsInOrder(t *testing.T) {
	in := New(Config{Clock: loop.NewVirtualClock()})
	main := in.Main()
	var log []string
	for _, name := range []string{"a", "b"} {
		main.StartThread(name, false, func(th *Thread) {
			for i := range 3 {
				log = append(log, th.Name())
				if err := th.Sleep(time.Duration(i+1) * time.Second); err != nil {
					t.Error(err)
				}
			}
		})
	}
	if err := main.joinAll(); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "b", "a", "b", "a", "b"}; !slices.Equal(log, want) {
		t.Errorf("got %q, want %q", log, want)
	}
	if now := in.cfg.Clock.Now(); now != 6*time.Second {
		t.Errorf("the clock stands at %v", now)
	}
}

func TestAllThreadsWaiting(t *testing.T) {
	for _, clock := range []loop.Clock{loop.NewVirtualClock(), loop.NewRealClock()} {
		in := New(Config{Clock: clock})
		main := in.Main()
		var line Waiters
		main.StartThread("waits", true, func(th *Thread) {
			_, _ = th.Wait(&line, loop.Forever, func() bool { return false })
		})
		if _, err := main.Wait(&line, loop.Forever, func() bool { return false }); err == nil {
			t.Error("no error")
		}
	}
}

func TestBlockingLetsOthersRun(t *testing.T) {
	in := New(Config{})
	main := in.Main()
	from, to := make(chan int), make(chan int)
	main.StartThread("answers", false, func(th *Thread) {
		th.Blocking(func() { to <- 2 * <-from })
	})
	got := 0
	main.Blocking(func() {
		from <- 21
		got = <-to
	})
	if got != 42 {
		t.Errorf("got %d", got)
	}
	if err := main.joinAll(); err != nil {
		t.Error(err)
	}
}

func TestTimeoutOfWait(t *testing.T) {
	in := New(Config{})
	main := in.Main()
	done := false
	var line Waiters
	thread := main.StartThread("sets", false, func(th *Thread) {
		if err := th.Sleep(20 * time.Millisecond); err != nil {
			t.Error(err)
		}
		done = true
		line.WakeAll()
	})
	if ok, err := main.Wait(&line, in.Deadline(time.Millisecond), func() bool { return done }); ok || err != nil {
		t.Error(ok, err)
	}
	if ok, err := main.Wait(&line, loop.Forever, func() bool { return done }); !ok || err != nil {
		t.Error(ok, err)
	}
	if ok, err := main.Join(thread, loop.Forever); !ok || err != nil {
		t.Error(ok, err)
	}
}
