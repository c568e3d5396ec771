// This file measures what a callback, a timer and a delivery cost.
package loop

import (
	"fmt"
	"math/rand"
	"testing"
	"time"
)

type nothing struct{ n int }

func (r *nothing) Run() { r.n++ }

// again queues itself, as a task that awaits sleep(0) does.
type again struct {
	l    *Loop
	left int
}

func (r *again) Run() {
	if r.left--; r.left > 0 {
		r.l.Ready(r)
	}
}

func BenchmarkReadyAndRun(b *testing.B) {
	l, r := New(NewVirtualClock()), new(nothing)
	b.ReportAllocs()
	for n := 0; n < b.N; n += 100 {
		for range 100 {
			l.Ready(r)
		}
		l.RunOnce()
	}
}

func benchmarkTurns(b *testing.B, l *Loop) {
	r := &again{l, b.N}
	b.ReportAllocs()
	l.Ready(r)
	l.RunUntil(func() bool { return r.left <= 0 })
}

func BenchmarkTurnOfOne(b *testing.B) { benchmarkTurns(b, New(NewVirtualClock())) }

func BenchmarkTurnOfOneBesideARealTimer(b *testing.B) {
	l := New(NewRealClock())
	var far Timer
	l.StartTimer(&far, time.Hour, new(nothing))
	benchmarkTurns(b, l)
}

// benchmarkTimers starts count timers and fires them all, again and again.
func benchmarkTimers(b *testing.B, count int, delay func(i int) time.Duration) {
	l, r := New(NewVirtualClock()), new(nothing)
	timers := make([]Timer, count)
	delays := make([]time.Duration, count)
	for i := range delays {
		delays[i] = delay(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		now := l.Time()
		for i := range timers {
			l.StartTimer(&timers[i], now+delays[i], r)
		}
		for l.RunOnce() == Running {
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(count), "ns/timer")
}

func BenchmarkMillionTimersEqual(b *testing.B) {
	benchmarkTimers(b, 1_000_000, func(int) time.Duration { return time.Second })
}

func BenchmarkMillionTimersRising(b *testing.B) {
	benchmarkTimers(b, 1_000_000, func(i int) time.Duration { return time.Duration(i / 100) })
}

func BenchmarkTimersRandom(b *testing.B) {
	for _, count := range []int{1000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			random := rand.New(rand.NewSource(1))
			benchmarkTimers(b, count, func(int) time.Duration { return time.Duration(random.Int63n(int64(time.Hour))) })
		})
	}
}

func BenchmarkTimerStartStop(b *testing.B) {
	l, r := New(NewVirtualClock()), new(nothing)
	timers := make([]Timer, 1000)
	b.ReportAllocs()
	for n := 0; n < b.N; n += len(timers) {
		for i := range timers {
			l.StartTimer(&timers[i], time.Duration(i), r)
		}
		for i := range timers {
			l.StopTimer(&timers[i])
		}
	}
}

func BenchmarkPost(b *testing.B) {
	l, r := New(NewVirtualClock()), new(nothing)
	b.ReportAllocs()
	for n := 0; n < b.N; n += 100 {
		for range 100 {
			l.Post(r)
		}
		l.RunOnce()
	}
}
