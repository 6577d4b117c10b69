package browser

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"klew/corpus"
)

// What views show is what the commands print: of the sample texts and, where it is there, of BBC
// News.
func TestCommands(t *testing.T) {
	collections(t, func(t *testing.T, documents []corpus.Document, topics int) {
		k, b := explored(t, documents, topics)
		b.compareTopics(k)
		b.compareFields(k)
		b.compareModel(k)
		b.compareEvaluation(k)
		b.compareSweep(k)
		b.compareModels(k)
		b.compareTree(k)
		b.compareTrends(k)
		b.compareMap(k)
		b.quiet("commands")
	})
}

// compareTopics: the list, the table and the bars of Topics are klew topics and klew topic.
func (b *tab) compareTopics(k *cli) {
	b.Helper()
	b.visit("#/topics?as=table")
	var list, table, bars []string
	for _, row := range k.table("topics", "m.klew", "--details", "--typical", "8") {
		list = append(list, row.text("topic"), row.text("label"), percent(row.number("share")), "stability "+fixed(row.number("stability"), 2))
		width := strconv.Itoa(int(math.Round(math.Exp(row.number("entropy")))))
		table = append(table, row.text("topic")+row.text("label"), percent(row.number("share")), fixed(row.number("stability"), 2), grouped(row.text("first_in")), grouped(width), strings.Join(row.texts("keywords"), " "))
		for _, word := range k.sheetOf(row.text("topic")).rows("keywords") {
			if word.text("ranking") == "divergence" && word.number("rank") <= 10 {
				bars = append(bars, word.text("term")+" "+word.text("weight"))
			}
		}
	}
	b.same("the list of topics", eval[[]string](b, `[...document.querySelectorAll('ol.topics li')].flatMap(e => [e.querySelector('.chip').textContent, e.querySelector('.label').textContent, e.querySelector('.share').textContent, e.querySelector('a').title.split(', ')[1]])`), list)
	b.same("Topics as a table", b.texts("main tbody th, main tbody td"), table)
	b.visit("#/topics")
	b.same("Topics", b.texts(".card svg title"), bars)
}

// compareFields: shares are those of klew trends --by, and parts of a topic those of klew topic;
// rows stand in the groups of klew tree.
func (b *tab) compareFields(k *cli) {
	b.Helper()
	b.visit("#/fields")
	tree := k.table("tree", "m.klew", "--groups", strconv.Itoa(len(b.texts("table.heat tbody"))))
	for _, field := range eval[[]string](b, `[...document.querySelectorAll('.bar option')].map(e => e.value)`) {
		shares, ofTopic, documents := k.byField(field, tree)
		b.visit("#/fields?field=" + field)
		values := eval[[]string](b, `[...document.querySelectorAll('table.heat thead th bdi')].map(e => e.textContent)`)
		for i, value := range values {
			if got := b.texts("table.heat thead .note")[i]; got != grouped(documents[value]) {
				b.Errorf("Fields: %s of %s has %s documents, want %s", value, field, got, documents[value])
			}
		}
		for _, of := range []string{"share", "of_topic", "lift"} {
			var rows, groups []string
			for i := 0; i < len(tree); {
				end := i
				for end < len(tree) && tree[end].text("group") == tree[i].text("group") {
					rows = append(rows, tree[end].text("topic")+tree[end].text("label"))
					rows = append(rows, cells(of, values, tree[end:end+1], shares, ofTopic)...)
					end++
				}
				groups = append(groups, cells(of, values, tree[i:end], shares, ofTopic)...)
				i = end
			}
			b.visit(fmt.Sprintf("#/fields?field=%s&of=%s", field, of))
			b.same("Fields, "+field+", "+of, b.texts("table.heat tbody th, table.heat td"), rows)
			b.visit(fmt.Sprintf("#/fields?field=%s&of=%s&rows=groups", field, of))
			b.same("Fields, "+field+", "+of+" by group", b.texts("table.heat td"), groups)
		}
	}
}

// byField are shares of topics in the documents of each value, parts of topics in these, by topic
// and value, and how many documents there are.
func (k *cli) byField(field string, tree []object) (shares, ofTopic map[[2]string]float64, documents map[string]string) {
	k.Helper()
	shares, ofTopic, documents = map[[2]string]float64{}, map[[2]string]float64{}, map[string]string{}
	for _, row := range k.table("trends", "m.klew", "--by", field, "--resamples", "0") {
		shares[[2]string{row.text("topic"), row.text("value")}] = row.number("share")
		documents[row.text("value")] = row.text("documents")
	}
	for _, topic := range tree {
		for _, row := range k.sheetOf(topic.text("topic")).rows("spread") {
			if row.text("field") == field {
				ofTopic[[2]string{topic.text("topic"), row.text("value")}] = row.number("of_topic")
			}
		}
	}
	return shares, ofTopic, documents
}

// cells are what a line of the heat map has, of topics taken together.
func cells(of string, values []string, topics []object, shares, ofTopic map[[2]string]float64) (line []string) {
	for _, value := range values {
		var share, own, part float64
		for _, topic := range topics {
			at := [2]string{topic.text("topic"), value}
			share, own, part = share+shares[at], own+topic.number("share"), part+ofTopic[at]*topic.number("share")
		}
		switch of {
		case "share":
			line = append(line, percent(share))
		case "of_topic":
			line = append(line, percent(part/own))
		default:
			digits := 1
			if share/own >= 9.95 {
				digits = 0
			}
			line = append(line, fixed(share/own, digits))
		}
	}
	return line
}

// compareModel: every fact and every list of klew info is there: options, how fitting ended, what
// was dropped, the ledger, the journal.
func (b *tab) compareModel(k *cli) {
	b.Helper()
	b.visit("#/model")
	info := k.sheet("info", "m.klew")
	shown := map[string]string{}
	facts := eval[[]string](b, `[...document.querySelectorAll('main .facts div')].flatMap(e => [e.querySelector('dt').textContent, e.querySelector('dd').textContent])`)
	for i := 0; i < len(facts); i += 2 {
		shown[facts[i]] = facts[i+1]
	}
	lists := 0
	for name, value := range info {
		if list, is := value.([]any); is && len(list) > 0 {
			if _, rows := list[0].(map[string]any); rows {
				lists++
				b.compareList(name, info.rows(name))
				continue
			}
		}
		if got, want := shown[strings.ReplaceAll(name, "_", " ")], written(value); got != want {
			b.Errorf("Model: %s is %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"edits", "dropped", "ledger", "stability"} {
		if len(info.rows(name)) == 0 {
			b.Errorf("the model has no %s to compare", name)
		}
	}
	if got := len(b.texts("main table.plain")); got != lists-1 { // stability stands in the list of topics
		b.Errorf("Model has %d tables, and klew info %d lists", got, lists)
	}
}

// compareList: a list is there row by row.
func (b *tab) compareList(name string, rows []object) {
	b.Helper()
	titles := map[string]string{"edits": "Edits", "dropped": "What was dropped in counting", "ledger": "Files that were not read as they are"}
	if titles[name] == "" {
		return
	}
	columns := eval[[]string](b, fmt.Sprintf(`[...document.querySelectorAll('main section')].filter(e => e.querySelector('h2').textContent === %q).flatMap(e => [...e.querySelectorAll('th')]).map(e => e.textContent)`, titles[name]))
	var want []string
	for _, row := range rows[:min(len(rows), 200)] {
		if len(row) != len(columns) {
			b.Errorf("%s has the columns %v, and klew info %v", name, columns, row)
		}
		for _, column := range columns {
			want = append(want, written(row[column]))
		}
	}
	got := eval[[]string](b, fmt.Sprintf(`[...document.querySelectorAll('main section')].filter(e => e.querySelector('h2').textContent === %q).flatMap(e => [...e.querySelectorAll('td')]).map(e => e.textContent)`, titles[name]))
	b.same("Model, "+name, got, want)
	if rest := len(rows) - 200; rest > 0 && !strings.Contains(strings.Join(b.texts("main .note"), "\n"), fmt.Sprintf("and %s more rows", grouped(strconv.Itoa(rest)))) {
		b.Errorf("Model does not say that %d rows of %s are left out", rest, name)
	}
}

// written is how Model writes a value.
func written(value any) string {
	switch x := value.(type) {
	case bool:
		return map[bool]string{true: "yes", false: "no"}[x]
	case json.Number:
		if n, err := x.Int64(); err == nil && n >= 0 {
			return grouped(x.String())
		}
		return x.String()
	case []any:
		var all []string
		for _, item := range x {
			all = append(all, fmt.Sprint(item))
		}
		return strings.Join(all, ", ")
	case nil:
		return ""
	}
	return fmt.Sprint(value)
}

// compareEvaluation: measures are those of klew evaluate, of the model and of each topic.
func (b *tab) compareEvaluation(k *cli) {
	b.Helper()
	b.visit("#/evaluation")
	var want []string
	for _, row := range k.table("evaluate", "m.klew") {
		if row.text("on") == "texts" { // the page was made without
			continue
		}
		want = append(want, row.text("measure"), row.text("value"), row.text("better"), row.text("on"))
	}
	b.same("Evaluation", b.texts("table.measures tbody th, table.measures td:not(.note)"), want)
	b.visit("#/evaluation?of=topics")
	columns := b.texts("table.wide thead th.number")
	want = nil
	for _, row := range k.table("evaluate", "m.klew", "--by-topic") {
		want = append(want, row.text("topic")+row.text("label"))
		for _, name := range columns {
			want = append(want, row.text(strings.ReplaceAll(name, " ", "_")))
		}
	}
	b.same("Evaluation by topic", eval[[]string](b, `[...document.querySelectorAll('table.wide tbody th, table.wide td.number')].map(e => e.title || e.textContent.replace('–', ''))`), want)
}

// compareSweep: the table is klew sweep, and points lie where their numbers are.
func (b *tab) compareSweep(k *cli) {
	b.Helper()
	b.visit("#/sweep")
	columns := b.texts("table.wide thead th")
	again := []string{"sweep", "texts.csv", "-k", b.texts("table.wide td:first-child")[0] + "," + b.texts("table.wide td:first-child")[1], "--seeds", "2", "--halves", "1", "-o", "sweep"}
	rows, fits := k.table(again...), k.table(append(again, "--long")...)
	var want []string
	for _, row := range rows {
		for _, name := range columns {
			want = append(want, row.text(name))
		}
	}
	b.same("Sweep", eval[[]string](b, `[...document.querySelectorAll('table.wide td')].map(e => e.title || e.textContent.replace('–', ''))`), want)
	for i, name := range []string{"stability", "perplexity", "divergence", "npmi", "c_v", "diversity"} {
		var means []string
		var values []float64
		for _, row := range rows {
			means = append(means, fmt.Sprintf("%s topics: %s", row.text("topics"), row.text(name)))
			values = append(values, row.number(name))
		}
		card := fmt.Sprintf(".card:nth-child(%d) ", i+1)
		b.same("Sweep, "+name, b.texts(card+"circle.ink title"), means)
		heights := b.heights(card + "circle.ink")
		if name == "stability" {
			continue
		}
		for _, row := range fits {
			values = append(values, row.number(name))
		}
		b.straight("Sweep, "+name, values, append(heights, b.heights(card+"circle.fit")...))
	}
}

// heights are where points stand in a picture.
func (b *tab) heights(selector string) []float64 {
	b.Helper()
	return eval[[]float64](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => Number(e.getAttribute('cy')))`, selector))
}

// straight fails unless points lie by their values on a scale of equal steps, to a tenth of a
// pixel.
func (b *tab) straight(what string, values, at []float64) {
	b.Helper()
	if len(values) != len(at) || len(values) < 2 {
		b.Errorf("%s: %d values, %d points", what, len(values), len(at))
		return
	}
	low, high := 0, 0
	for i, x := range values {
		if x < values[low] {
			low = i
		}
		if x > values[high] {
			high = i
		}
	}
	if values[high]-values[low] < 1e-12 {
		return
	}
	step := (at[high] - at[low]) / (values[high] - values[low])
	for i, x := range values {
		if want := at[low] + step*(x-values[low]); math.Abs(at[i]-want) > 0.1 || step >= 0 {
			b.Errorf("%s: %v stands at %v, want %v", what, x, at[i], want)
			return
		}
	}
}

// compareModels: Compared is klew compare.
func (b *tab) compareModels(k *cli) {
	b.Helper()
	b.visit("#/compared")
	var want []string
	topic := func(row object, number, label, share string) string {
		if row[number] == nil {
			return ""
		}
		return row.text(number) + " " + row.text(label) + " " + percent(row.number(share))
	}
	for _, row := range k.table("compare", "older.klew", "m.klew") {
		words := ""
		for sign, name := range map[string]string{"+": "came", "−": "went"} {
			if list := row.texts(name); len(list) > 0 {
				words += sign + " " + strings.Join(list, " ") + " "
			}
		}
		if !strings.HasPrefix(words, "+") { // those that came stand first
			if at := strings.Index(words, "+"); at > 0 {
				words = words[at:] + words[:at]
			}
		}
		want = append(want, topic(row, "topic", "label", "share"), row.text("change"), topic(row, "in_b", "label_in_b", "share_in_b"), row.text("likeness"), strings.TrimSpace(words))
	}
	got := eval[[]string](b, `[...document.querySelectorAll('table.changes tbody tr')].flatMap(tr => {
		const topic = td => td.firstChild === null ? '' : [td.querySelector('.chip').textContent, td.querySelector('.topic > span:last-child').textContent, td.querySelector('.note').textContent].join(' ');
		const c = tr.cells;
		return [topic(c[0]), c[1].textContent, topic(c[2]), c[3].title, [...c[4].children].map(e => e.textContent.trim()).join(' ')];
	})`)
	b.same("Compared", got, want)
}

// compareTree: topics, steps and groups are those of klew tree.
func (b *tab) compareTree(k *cli) {
	b.Helper()
	var steps []string
	for _, row := range k.table("tree", "m.klew", "--merges") {
		steps = append(steps, "joined at "+fixed(row.number("distance"), 3))
	}
	for _, n := range []int{1, 3, len(steps) + 1} {
		var want []string
		sizes := map[string]int{}
		for _, row := range k.table("tree", "m.klew", "--groups", strconv.Itoa(n)) {
			want = append(want, row.text("topic"), row.text("label"), percent(row.number("share")))
			sizes[row.text("group")]++
		}
		b.visit(fmt.Sprintf("#/tree?groups=%d", n))
		b.same("Tree", b.texts("main svg a text"), want)
		b.same("steps of the tree", b.texts("main svg .branch title"), steps)
		heights := eval[[]float64](b, `[...document.querySelectorAll('main svg .stripe')].map(e => Number(e.getAttribute('height')))`)
		for i, height := range heights { // every second group has a stripe
			if want := sizes[strconv.Itoa(2*i+1)]; int(height) != 24*want {
				b.Errorf("Tree in %d groups: stripe %d is %v high, of %d topics", n, i, height, want)
			}
		}
		if inside := len(b.texts("main svg .branch.in")); inside != len(steps)+1-n || len(heights) != (n+1)/2 {
			b.Errorf("Tree in %d groups: %d steps inside, %d stripes", n, inside, len(heights))
		}
	}
}
