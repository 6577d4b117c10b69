package browser

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// BenchmarkOpen opens the page that PAGE names: until something is painted, until a document
// can be chosen, and how long a step of λ and another topic take.
func BenchmarkOpen(b *testing.B) {
	file := os.Getenv("PAGE")
	if file == "" {
		b.Skip("PAGE names no page")
	}
	ctx, stop := chromedp.NewContext(b.Context(), chromedp.WithAllocatorOptions(chromedp.Headless, chromedp.DisableGPU, chromedp.NoSandbox))
	defer stop()
	sums := map[string]float64{}
	for b.Loop() {
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+file+"#/documents")); err != nil {
			b.Fatal(err)
		}
		times, err := chromedp.Run(ctx, chromedp.Evaluate[map[string]float64](`new Promise(done => {
			const until = (there, then) => there() ? then() : setTimeout(() => until(there, then), 5);
			until(() => document.querySelector('table.rows td'), () => {
				const t = { usable: performance.now(), paint: performance.getEntriesByType('paint').at(-1).startTime };
				let begun = performance.now();
				location.hash = '#/topic/1';
				until(() => document.querySelector('.slider input'), () => {
					const slider = document.querySelector('.slider input');
					begun = performance.now();
					for (let i = 0; i <= 20; i++) { slider.value = i / 20; slider.dispatchEvent(new Event('input')); document.body.offsetHeight; }
					t.lambda = (performance.now() - begun) / 21;
					const h1 = document.querySelector('h1');
					begun = performance.now();
					location.hash = '#/topic/2';
					until(() => document.querySelector('h1') && document.querySelector('h1') !== h1, () => { document.body.offsetHeight; t.topic = performance.now() - begun; done(t); });
				});
			});
		})`, chromedp.EvalAwaitPromise))
		if err != nil {
			b.Fatal(err)
		}
		for name, ms := range times {
			sums[name] += ms
		}
	}
	for name, ms := range sums {
		b.ReportMetric(ms/float64(b.N), name+"-ms")
	}
}
