using Google.Protobuf.Collections;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Services;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Checks.Signals;

/// <summary>What one instance has measured. Written by whoever hears its agent, read by whoever judges.</summary>
internal sealed class InstanceSignals(int mostSteps)
{
    /// <summary>A hostile page of metrics must not fill the server's memory.</summary>
    private const int MostSeries = 80;
    private const int MostKinds = 200;
    private const int MostStarts = 50;
    private const int LongestName = 220;
    private const int LongestLine = 2_000;
    private const int FirstRow = 512;

    /// <summary>Begins the name of a row whose real one has not been told yet.</summary>
    private const char Unnamed = '#';

    private readonly Lock gate = new();
    private readonly Dictionary<string, double[]> rows = new(StringComparer.Ordinal);

    /// <summary>Names of the service's own metrics by their ids.</summary>
    private readonly Dictionary<uint, string> own = [];

    private readonly Dictionary<uint, Heard> kinds = [];
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

    /// <summary>All that are known, the oldest first.</summary>
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
                return [.. rows.Keys.Where(name => name[0] != Unnamed)];
        }
    }

    /// <summary>Kinds of lines of error, as they are now. One that has not been told in words yet is none.</summary>
    public IReadOnlyList<Kind> Kinds
    {
        get
        {
            lock (gate)
                return [.. kinds.Values.Where(kind => kind.Template is not null).Select(kind => new Kind(kind.Template!, kind.Example, new(kind.Counts)))];
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
            IEnumerable<float> Values(string name) => Enumerable.Range(first, nextStep - first).Select(step => step < rows[name].Length ? (float)rows[name][step] : float.NaN);
            foreach (var name in rows.Keys)
            {
                if (KnownSignals.Find(name) is not { } known)
                    continue;

                message.Known.Add(known);
                message.KnownValues.AddRange(Values(name));
            }

            foreach (var (id, name) in own.Where(pair => rows.ContainsKey(pair.Value)))
                message.Series.Add(new SignalSeries { Id = id, Name = name, Values = { Values(name) } });

            foreach (var (id, kind) in kinds.Where(pair => pair.Value.Template is not null))
            {
                var line = new LineKind { Id = id, Template = kind.Template, Example = kind.Example };
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

    /// <summary>Whether there are as many values as a message says.</summary>
    public static bool IsWhole(Contracts.Agent.V1.Signals message) =>
        message.Steps >= 0 && (long)message.Known.Count * message.Steps == message.KnownValues.Count && message.Series.All(series => series.Values.Count == message.Steps);

    /// <summary>Adds what is told. Twice, or in another order, it comes to the same.</summary>
    /// <param name="message">A whole one.</param>
    /// <param name="origin">The step that index 0 is.</param>
    public void Take(Contracts.Agent.V1.Signals message, long origin)
    {
        var first = message.FirstStep - origin;
        var end = first + message.Steps;
        lock (gate)
        {
            if (message.Starts.Count > 0)
                starts = [.. starts.Concat(message.Starts.Where(start => start.Version.Length <= LongestName)).Distinct().OrderBy(start => start.At).ThenBy(start => start.Generation).TakeLast(MostStarts)];

            if (end <= 0 || end > mostSteps)
                return;

            for (var i = 0; i < message.Known.Count; i++)
            {
                if (KnownSignals.NameOf(message.Known[i]) is { } name)
                    TakeRow(name, message.KnownValues, i * message.Steps, (int)first, (int)end);
            }

            foreach (var series in message.Series)
                TakeRow(NameOf(series), series.Values, 0, (int)first, (int)end);

            foreach (var kind in message.Kinds)
                TakeKind(kind, (int)first, (int)end);

            nextStep = Math.Max(nextStep, (int)end);
        }
    }

    private string NameOf(SignalSeries series)
    {
        var unnamed = $"{Unnamed}{series.Id}";
        var isName = (series.Name.StartsWith(JudgedSignals.Own, StringComparison.Ordinal) || LineSeries.Is(series.Name)) && series.Name.Length <= LongestName;
        if (isName && own.Count < MostSeries && own.TryAdd(series.Id, series.Name) && rows.Remove(unnamed, out var row))
            rows.TryAdd(series.Name, row);

        return own.GetValueOrDefault(series.Id, unnamed);
    }

    /// <param name="at">Where in the values the row begins.</param>
    private void TakeRow(string name, RepeatedField<float> values, int at, int first, int end)
    {
        if (!rows.TryGetValue(name, out var row))
        {
            if (rows.Count >= MostSeries)
                return;

            row = Blank([], FirstRow);
        }

        if (row.Length < end)
            row = Blank(row, Math.Max(end, row.Length * 2));

        rows[name] = row;
        for (var step = Math.Max(0, first); step < end; step++)
            row[step] = float.IsFinite(values[at + step - first]) ? values[at + step - first] : double.NaN;
    }

    private void TakeKind(LineKind message, int first, int end)
    {
        if (message.Template.Length > LongestLine || message.Example.Length > LongestLine)
            return;

        if (!kinds.TryGetValue(message.Id, out var kind))
        {
            if (kinds.Count >= MostKinds)
                return;

            kinds[message.Id] = kind = new();
        }

        if (message.HasTemplate && kind.Template is null)
            (kind.Template, kind.Example) = (message.Template, message.Example);

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
    public sealed record Kind(string Template, string Example, Dictionary<int, int> Counts);

    private sealed class Heard
    {
        /// <summary>Null: the message that says it has not come yet.</summary>
        public string? Template { get; set; }

        public string Example { get; set; } = "";

        public Dictionary<int, int> Counts { get; } = [];
    }
}
