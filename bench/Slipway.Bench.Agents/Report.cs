using System.Globalization;
using System.Text.Json;

namespace Slipway.Bench.Agents;

/// <summary>What was measured, for a person or as one line of JSON.</summary>
internal sealed class Report(Options options)
{
    private readonly List<Round> rounds = [];

    public double JoinSeconds { get; set; }

    public double ConnectSeconds { get; set; }

    public long MemoryBefore { get; set; }

    public long MemoryConnected { get; set; }

    public long MemoryAfter { get; set; }

    public int Lost { get; set; }

    public Latencies Told { get; set; } = new();

    public Latencies Acted { get; set; } = new();

    /// <summary>What SNS and SQS take by themselves, milliseconds.</summary>
    public IReadOnlyList<double> Floor { get; set; } = [];

    public bool IsComplete => Lost == 0 && rounds.TrueForAll(round => round.Succeeded && round.Acknowledged == options.Agents);

    /// <summary>The first round warms up, where there are others.</summary>
    private IEnumerable<Round> Measured => rounds.Count > 1 ? rounds.Skip(1) : rounds;

    public void Add(Round round) => rounds.Add(round);

    public void Write()
    {
        if (options.Json)
            WriteJson();
        else
            WriteText();
    }

    private void WriteText()
    {
        Say($"{options.Agents} agents over {options.Server.Scheme}, {Lost} connections lost");
        Say($"joined in {JoinSeconds:f1} s, connected in {ConnectSeconds:f1} s");
        Say($"server memory: {Mega(MemoryBefore)} MB before, {Mega(MemoryConnected)} MB connected, {Mega(MemoryAfter)} MB after all; {Kilo(MemoryConnected)} KB for each agent, {Kilo(MemoryAfter)} KB after");
        foreach (var round in rounds)
            Say($"deployment {round.TotalSeconds:f2} s; prepare told and answered {round.PrepareSeconds:f2} s; assign told and acknowledged by {round.Acknowledged} in {round.AssignSeconds:f2} s {round.Failure}");

        Say($"asked until told: median {Told.At(0.5):f1} ms, p99 {Told.At(0.99):f1} ms; until acted: median {Acted.At(0.5):f1} ms, p99 {Acted.At(0.99):f1} ms");
        if (Floor.Count > 0)
            Say($"SNS to SQS by themselves: median {Latencies.At(Floor, 0.5):f1} ms, p99 {Latencies.At(Floor, 0.99):f1} ms");
        Say($"median: deployment {Median(round => round.TotalSeconds):f2} s, command acknowledged by all {Median(round => round.AssignSeconds):f2} s");
    }

    private void WriteJson()
    {
        using var output = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("agents", options.Agents);
        json.WriteString("scheme", options.Server.Scheme);
        json.WriteNumber("lost", Lost);
        json.WriteNumber("joinSeconds", Math.Round(JoinSeconds, 3));
        json.WriteNumber("connectSeconds", Math.Round(ConnectSeconds, 3));
        json.WriteNumber("serverMemoryBefore", MemoryBefore);
        json.WriteNumber("serverMemoryConnected", MemoryConnected);
        json.WriteNumber("serverMemoryAfter", MemoryAfter);
        json.WriteNumber("kilobytesPerAgent", Math.Round(Kilo(MemoryConnected), 1));
        json.WriteNumber("deploymentSeconds", Math.Round(Median(round => round.TotalSeconds), 3));
        json.WriteNumber("acknowledgedSeconds", Math.Round(Median(round => round.AssignSeconds), 3));
        json.WriteNumber("toldMedian", Math.Round(Told.At(0.5), 1));
        json.WriteNumber("toldWorst", Math.Round(Told.At(0.99), 1));
        json.WriteNumber("actedMedian", Math.Round(Acted.At(0.5), 1));
        json.WriteNumber("actedWorst", Math.Round(Acted.At(0.99), 1));
        json.WriteNumber("floorMedian", Math.Round(Latencies.At(Floor, 0.5), 1));
        json.WriteNumber("floorWorst", Math.Round(Latencies.At(Floor, 0.99), 1));
        json.WriteBoolean("complete", IsComplete);
        json.WriteEndObject();
    }

    private double Median(Func<Round, double> of)
    {
        double[] sorted = [.. Measured.Select(of).Order()];
        return sorted is [] ? 0 : sorted[sorted.Length / 2];
    }

    private double Kilo(long memory) => (memory - MemoryBefore) / 1024.0 / options.Agents;

    private static long Mega(long bytes) => bytes / 1024 / 1024;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
