using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Tests.Checks.Verdicts;

namespace Slipway.Server.Tests.Checks.Signals;

/// <summary>What the server makes of what agents tell, in whatever order and shape it comes.</summary>
public sealed class SignalsHeardTests
{
    private const long Origin = 1_000;

    [Fact]
    public void Messages_that_come_twice_and_in_any_order_come_to_the_same()
    {
        var messages = Enumerable.Range(0, 12).Select(Message).ToList();
        var expected = Heard(messages).Write(Origin, 10_000);
        Assert.Equal((2, 2, 12), (expected.Starts.Count, expected.Kinds.Count, expected.Steps));

        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var shuffled = messages.Concat(messages).OrderBy(_ => random.Next()).ToList();
            var heard = Heard(shuffled).Write(Origin, 10_000);
            Assert.Equal(expected.Starts, heard.Starts);
            Assert.Equal(Rows(expected), Rows(heard));
            Assert.Equal(Kinds(expected), Kinds(heard));
        }
    }

    [Fact]
    public void What_comes_before_its_name_is_kept_for_it()
    {
        var signals = new InstanceSignals(100);
        signals.Take(Message(1), Origin);
        signals.Take(Message(2), Origin);
        Assert.Empty(signals.Kinds);
        Assert.Equal(["cpu"], signals.Names);
        var written = signals.Write(Origin, 10_000);
        Assert.Empty(written.Kinds);
        Assert.Empty(written.Series);

        signals.Take(Message(0), Origin);
        Assert.Equal([0, -1, -2, double.NaN], signals.Row("metric:a", 4).Take(4));
        Assert.Equal(3, signals.Kinds.Single(kind => kind.Template == "kind 1").Counts.Count);
    }

    [Fact]
    public void A_zero_is_a_zero_and_what_was_not_measured_is_not()
    {
        var signals = Heard([new() { StepMs = 10_000, FirstStep = Origin, Steps = 2, Known = { KnownSignal.Errors }, KnownValues = { 0, float.NaN } }]);
        Assert.Equal([0, double.NaN], signals.Row("errors", 2).Take(2));
        Assert.Equal([KnownSignal.Errors], signals.Write(Origin, 10_000).Known);
    }

    [Fact]
    public void What_a_newer_agent_measures_besides_is_left_out_and_the_rest_is_not()
    {
        var signals = Heard([new() { StepMs = 10_000, FirstStep = Origin, Steps = 1, Known = { (KnownSignal)4711, KnownSignal.Cpu }, KnownValues = { 1, 2 } }]);
        Assert.Equal(["cpu"], signals.Names);
        Assert.Equal(2, signals.Row("cpu", 1)[0]);
    }

    [Fact]
    public void Starts_that_are_too_many_are_the_newest()
    {
        var signals = new InstanceSignals(100);
        for (var from = 0; from < 300; from += 60)
            signals.Take(new() { Starts = { Enumerable.Range(from, 60).Select(at => new ProcessStart { At = at }) } }, Origin);

        Assert.Equal(Enumerable.Range(250, 50).Select(at => (long)at), signals.Starts.Select(start => start.At));
    }

    [Fact]
    public void A_page_of_metrics_cannot_fill_the_memory_and_its_names_cannot_pass_for_others()
    {
        var signals = new InstanceSignals(100);
        for (uint id = 0; id < 1_000; id++)
            signals.Take(Own(id, id % 2 == 0 ? $"metric:{id}" : ""), Origin);

        signals.Take(Own(1, "metric:" + new string('a', 300)), Origin);
        signals.Take(Own(2_000, "cpu"), Origin);
        Assert.InRange(signals.Names.Count, 1, 80);
        Assert.All(signals.Names, name => Assert.InRange(name.Length, 8, 12));
        Assert.Empty(signals.Row("cpu", 1));

        static Contracts.Agent.V1.Signals Own(uint id, string name) => new() { StepMs = 10_000, FirstStep = Origin, Steps = 1, Series = { new SignalSeries { Id = id, Name = name, Values = { 1 } } } };
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 2, 3)]
    [InlineData(2, 2, 5)]
    [InlineData(-1, -1, 1)]
    [InlineData(1, 5_000, 5_000)]
    [InlineData(65_536, 4_096, 0)]
    [InlineData(0, 1, 1)]
    public void A_message_whose_lengths_do_not_fit_is_not_heard(int known, int steps, int values)
    {
        var message = new Contracts.Agent.V1.Signals { Steps = steps };
        message.Known.AddRange(Enumerable.Repeat(KnownSignal.Cpu, Math.Max(0, known)));
        message.KnownValues.AddRange(Enumerable.Repeat(1f, values));
        NotHeard(message);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    public void A_message_whose_own_metrics_do_not_fit_is_not_heard(int steps, int values) =>
        NotHeard(new() { Steps = steps, Series = { new SignalSeries { Name = "metric:a", Values = { Enumerable.Repeat(1f, values) } } } });

    [Fact]
    public void Only_some_signals_are_asked_for_where_only_these_are_wanted()
    {
        var fleet = new MeasuredFleet(1);
        fleet.Run(1);
        using var some = fleet.Desk.Open(MeasuredFleet.Service, ["lines", "errors"]);
        some.Ask(fleet.Members);
        Assert.Equal(["lines", "errors"], fleet.Agents[0].Asked!.Series);

        using var all = fleet.Desk.Open(MeasuredFleet.Service);
        all.Ask(fleet.Members);
        Assert.Empty(fleet.Agents[0].Asked!.Series);
    }

    private static void NotHeard(Contracts.Agent.V1.Signals message)
    {
        var fleet = new MeasuredFleet(1);
        fleet.Run(5);
        var agent = fleet.Agents[0];
        agent.IsSilent = true;
        using var book = fleet.Desk.Open(MeasuredFleet.Service);
        book.Ask(fleet.Members);
        (message.Asker, message.StepMs, message.FirstStep) = (book.Asker, MeasuredFleet.StepMs, fleet.Step - 1);
        fleet.Desk.Take(agent, message);
        Assert.Equal((0, 0, null), (book.Heard, book.StepMs, book.Find(agent.Instance)));

        // It is the lengths and nothing else.
        fleet.Desk.Take(agent, new() { Asker = book.Asker, StepMs = MeasuredFleet.StepMs, FirstStep = fleet.Step - 1, Steps = 1, Known = { KnownSignal.Cpu }, KnownValues = { 1 } });
        Assert.Equal(["cpu"], book.Find(agent.Instance)!.Names);
    }

    private static InstanceSignals Heard(IEnumerable<Contracts.Agent.V1.Signals> messages)
    {
        var signals = new InstanceSignals(100);
        foreach (var message in messages)
            signals.Take(message, Origin);

        return signals;
    }

    /// <summary>As an agent tells one step after the other: starts and words of a kind once, and once more where they are new.</summary>
    private static Contracts.Agent.V1.Signals Message(int step)
    {
        var message = new Contracts.Agent.V1.Signals { StepMs = 10_000, FirstStep = Origin + step, Steps = 1, Known = { KnownSignal.Cpu }, KnownValues = { step } };
        if (step % 3 == 0)
        {
            message.Known.Add(KnownSignal.Errors);
            message.KnownValues.Add(0);
        }

        if (step is 0 or 6)
            message.Starts.Add(new ProcessStart { At = 1, Version = "1.0", Generation = 1 });
        if (step == 6)
            message.Starts.Add(new ProcessStart { At = 2, Version = "2.0", Generation = 2 });

        message.Series.Add(step == 0 ? new SignalSeries { Id = 1, Name = "metric:a", Values = { -step } } : new() { Id = 1, Values = { -step } });
        message.Kinds.Add(Kind(1, inWords: step == 0, count: step + 1));
        if (step >= 4)
            message.Kinds.Add(Kind(2, inWords: step == 4, count: 7));

        return message;
    }

    private static LineKind Kind(uint id, bool inWords, int count)
    {
        var kind = new LineKind { Id = id, At = { 0 }, Counts = { count } };
        if (inWords)
            (kind.Template, kind.Example) = ($"kind {id}", $"kind {id} it is");

        return kind;
    }

    private static IEnumerable<string> Rows(Contracts.Agent.V1.Signals message) =>
        message.Known.Select((known, at) => $"{KnownSignals.NameOf(known)}: {string.Join(' ', message.KnownValues.Skip(at * message.Steps).Take(message.Steps))}")
            .Concat(message.Series.Select(series => $"{series.Name}: {string.Join(' ', series.Values)}"))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Kinds(Contracts.Agent.V1.Signals message) =>
        message.Kinds.Select(kind => $"{kind.Id} {kind.Template} {kind.Example} {string.Join(' ', kind.At.Zip(kind.Counts).OrderBy(pair => pair.First))}").Order(StringComparer.Ordinal);
}
