#!/usr/bin/env python3
"""Scores compacted sessions of one set (stdlib only); `Strata.Benchmarks retention` starts it and compacts in between.

  score.py --scorers FOLDER --work FOLDER --cuts 0.5,0.75 --budgets 5,10,20,40 --strategies a,b [--limit N] [--state] [--only-summaries] FILE_OR_FOLDER...

1. Every session's messages before each cut, without system messages, go to WORK/<job>.json; WORK/jobs.jsonl tells the budgets in tokens (chars/4).
   Where a real summary of a model stands in the log, what it replaced is a job as well, and its size is the budget.
2. Prints READY, scores the baselines meanwhile, and waits for a line on stdin.
3. Reads WORK/<job>.<strategy>.<budget>.json, scores them with the scorers of FOLDER, and prints the tables. A missing file keeps nothing and scores 0."""
import argparse, collections, json, os, sys

parser = argparse.ArgumentParser()
for name in ('scorers', 'work', 'cuts', 'budgets', 'strategies'):
    parser.add_argument('--' + name, required=True)
parser.add_argument('--limit', type=int, default=0)
parser.add_argument('--state', action='store_true')
parser.add_argument('--only-summaries', action='store_true')
parser.add_argument('paths', nargs='+')
options = parser.parse_args()
sys.path.insert(0, options.scorers)
import future_reference as F
import state_recall as S

BASELINES = ('drop tool results, keep last', 'keep last', 'clip every message', 'identifier list by frequency')
BUDGETS = [int(b) for b in options.budgets.split(',')]
STRATEGIES = options.strategies.split(',')
NAMES = ['needed', 'needed_ctx']
STATE = ['strict', 'requests', 'req5', 'tasks', 'status', 'edits', 'failures']


class Job:
    def __init__(self, before, target, budgets, summary=None):
        self.body = [m for m in before if m['role'] not in ('system', 'developer')]
        self.before, self.target, self.budgets, self.summary = before, target, budgets, summary

    def score(self, text):
        needed = len(self.target.sets['needed'])
        result = self.target.score(text)
        row = {k: result['counts'][k][0] / needed for k in NAMES}
        row['kept'], row['size'] = result['tokens_after'], result['tokens_before']
        if self.summary or options.state:
            row.update(S.score(self.before, text, self.target))
        return row


def text(messages):
    return '\n'.join(F.text(m) for m in messages)


def cuts():
    used = 0
    for name, messages in F.sessions(options.paths):
        if options.limit and used >= options.limit:
            break
        jobs = []
        for share in options.cuts.split(','):
            at = F.cut(messages, float(share))
            target = F.Target(messages, at)
            if target.pre_tokens >= (500 if 'tau' in name else 2000) and target.sets['needed']:
                jobs.append(Job(messages[:at], target, [target.pre_tokens * b / 100 for b in BUDGETS]))
        used += bool(jobs)
        yield from jobs


def summaries():
    for name, before, message, target in S.points(options.paths):
        yield Job(before, target, [F.toks(message)], F.text(message))


def baselines(job, rows):
    groups = F.groups(job.body)
    for i, budget in enumerate(job.budgets):
        if job.summary:
            rows['summary of a model', i].append(job.score(job.summary))
        for name in BASELINES:
            rows[name, i].append(job.score(text(m for g in F.BASE[name](groups, budget) for m in g)))


def compacted(number, job, rows, missing):
    for strategy in STRATEGIES:
        for i, _ in enumerate(job.budgets):
            path = os.path.join(options.work, '%d.%s.%d.json' % (number, strategy, i))
            if os.path.exists(path):
                rows['Strata ' + strategy, i].append(job.score(text(F.load(path))))
            else:
                missing['Strata ' + strategy, i] += 1
                rows['Strata ' + strategy, i].append(job.score(''))


def mean(rows, column):
    values = [r[column] for r in rows if r.get(column) is not None]
    return '%.3f' % (sum(values) / len(values)) if values else '-'


def kept(rows):
    return '%.1f %%' % (100 * sum(r['kept'] for r in rows) / sum(r['size'] for r in rows))


def table(header, lines):
    cells = [header] + lines
    widths = [max(len(c[i]) for c in cells) for i in range(len(header))]
    for n, line in enumerate(cells):
        print('| ' + ' | '.join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths))) + ' |')
        if n == 0:
            print('| ' + ' | '.join('-' * w if i == 0 else '-' * (w - 1) + ':' for i, w in enumerate(widths)) + ' |')
    print()


def report(jobs, rows, missing, labels, state):
    names = list(dict.fromkeys(name for name, _ in rows))
    header, lines = ['needed / in context'], [[name] for name in names]
    for i, label in enumerate(labels):
        header += [label, 'kept']
        for line, name in zip(lines, names):
            none = missing[name, i]
            line += [mean(rows[name, i], 'needed') + ' / ' + mean(rows[name, i], 'needed_ctx') + (' (%d cannot fit)' % none if none else ''), kept(rows[name, i])]
    table(header, lines)
    for i, label in enumerate(labels if state else []):
        table([label] + STATE, [[name] + [mean(rows[name, i], column) for column in STATE] for name in names])


def main():
    groups = [('cuts', [] if options.only_summaries else list(cuts())), ('summaries', list(summaries()))]
    jobs = [job for _, g in groups for job in g]
    with open(os.path.join(options.work, 'jobs.jsonl'), 'w', encoding='utf-8') as out:
        for number, job in enumerate(jobs):
            out.write(json.dumps({'number': number, 'budgets': [int(b) for b in job.budgets]}) + '\n')
            with open(os.path.join(options.work, '%d.json' % number), 'w', encoding='utf-8') as prefix:
                json.dump(job.body, prefix, ensure_ascii=False)
    print('READY', flush=True)
    tables = {}
    for kind, g in groups:
        tables[kind] = collections.defaultdict(list)
        for job in g:
            baselines(job, tables[kind])
    sys.stdin.readline()
    number = 0
    for kind, g in groups:
        missing = collections.Counter()
        for job in g:
            compacted(number, job, tables[kind], missing)
            number += 1
        if not g:
            continue
        size = sum(job.target.pre_tokens for job in g) / len(g)
        needed = sum(len(job.target.sets['needed']) for job in g) / len(g)
        print('%d %s, mean %d tokens (chars/4) before, %.0f identifiers needed after; macro means\n' % (len(g), 'cuts' if kind == 'cuts' else 'summaries of a model, each compaction of the same size', size, needed))
        report(g, tables[kind], missing, ['%d %%' % b for b in BUDGETS] if kind == 'cuts' else ['size of the summary'], options.state or kind == 'summaries')


main()
