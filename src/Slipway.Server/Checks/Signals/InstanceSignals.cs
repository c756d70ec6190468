using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Checks.Signals;

/// <summary>What one instance has measured. Written by whoever hears its agent, read by whoever judges.</summary>
internal sealed class InstanceSignals(int mostSteps)
{
    /// <summary>A hostile page of metrics must not fill the server's memory.</summary>
    private const int MostSeries = 80;
    private const int MostKinds = 200;
    private const int FirstRow = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<string, double[]> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind> kinds = new(StringComparer.Ordinal);
    private IReadOnlyList<ProcessStart> starts = [];
    private int nextStep;

    /// <summary>The first step that has not come yet.</summary>
    public int NextStep
    {
        get
        {
            lock (gate)
                return nextStep;
        }
    }

    public IReadOnlyList<ProcessStart> Starts
    {
        get
        {
            lock (gate)
                return starts;
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate)
                return [.. rows.Keys];
        }
    }

    /// <summary>Kinds of lines of error, as they are now.</summary>
    public IReadOnlyList<Kind> Kinds
    {
        get
        {
            lock (gate)
                return [.. kinds.Values.Select(kind => kind.Copy())];
        }
    }

    /// <summary>
    /// The values, NaN where there is none, at least up to a step. Empty: nothing of that name. It is the row itself: what is written later lies behind that step.
    /// </summary>
    public double[] Row(string name, int steps)
    {
        lock (gate)
        {
            if (!rows.TryGetValue(name, out var row))
                return [];

            return row.Length >= steps ? row : rows[name] = Blank(row, Math.Max(steps, row.Length * 2));
        }
    }

    /// <summary>All of it as one message, as its agent would tell it.</summary>
    public Contracts.Agent.V1.Signals Write(long origin, int stepMs)
    {
        lock (gate)
        {
            var first = rows.Values.Select(row => Array.FindIndex(row, 0, Math.Min(nextStep, row.Length), value => !double.IsNaN(value))).Where(at => at >= 0).DefaultIfEmpty(nextStep).Min();
            var message = new Contracts.Agent.V1.Signals { StepMs = stepMs, FirstStep = origin + first, Steps = nextStep - first, Starts = { starts } };
            foreach (var (name, row) in rows)
            {
                var series = new SignalSeries { Name = name };
                for (var step = first; step < nextStep; step++)
                    series.Values.Add(step < row.Length ? (float)row[step] : float.NaN);

                message.Series.Add(series);
            }

            foreach (var kind in kinds.Values)
            {
                var line = new LineKind { Template = kind.Template, Example = kind.Example };
                foreach (var (step, count) in kind.Counts.Where(pair => pair.Key >= first))
                {
                    line.At.Add(step - first);
                    line.Counts.Add(count);
                }

                message.Kinds.Add(line);
            }

            return message;
        }
    }

    /// <param name="origin">The step that index 0 is.</param>
    public void Take(Contracts.Agent.V1.Signals message, long origin)
    {
        var first = message.FirstStep - origin;
        var end = first + message.Steps;
        lock (gate)
        {
            starts = [.. message.Starts];
            if (end <= 0 || end > mostSteps)
                return;

            foreach (var series in message.Series)
                TakeSeries(series, (int)first, (int)end);

            foreach (var kind in message.Kinds)
                TakeKind(kind, (int)first, (int)end);

            nextStep = Math.Max(nextStep, (int)end);
        }
    }

    private void TakeSeries(SignalSeries series, int first, int end)
    {
        if (!rows.TryGetValue(series.Name, out var row))
        {
            if (rows.Count >= MostSeries || series.Name.Length > 220)
                return;

            row = Blank([], FirstRow);
        }

        if (row.Length < end)
            row = Blank(row, Math.Max(end, row.Length * 2));

        rows[series.Name] = row;
        for (var i = Math.Max(0, -first); i < series.Values.Count && first + i < end; i++)
            row[first + i] = float.IsFinite(series.Values[i]) ? series.Values[i] : double.NaN;
    }

    private void TakeKind(LineKind message, int first, int end)
    {
        if (!kinds.TryGetValue(message.Template, out var kind))
        {
            if (kinds.Count >= MostKinds || message.Template.Length > 2_000 || message.Example.Length > 2_000)
                return;

            kinds[message.Template] = kind = new(message.Template, message.Example, []);
        }

        for (var i = 0; i < Math.Min(message.At.Count, message.Counts.Count); i++)
        {
            if (first + message.At[i] is >= 0 and var step && step < end)
                kind.Counts[step] = message.Counts[i];
        }
    }

    private static double[] Blank(double[] before, int length)
    {
        var row = new double[length];
        Array.Copy(before, row, before.Length);
        Array.Fill(row, double.NaN, before.Length, length - before.Length);
        return row;
    }

    /// <param name="Template">What the lines have in common.</param>
    /// <param name="Example">The first of them.</param>
    /// <param name="Counts">How many in which step.</param>
    public sealed record Kind(string Template, string Example, Dictionary<int, int> Counts)
    {
        public Kind Copy() => this with { Counts = new(Counts) };
    }
}
