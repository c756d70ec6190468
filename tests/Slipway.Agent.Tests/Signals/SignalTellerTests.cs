using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Reporting;
using Slipway.Agent.Signals;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Xunit;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Tests.Signals;

public sealed class SignalTellerTests : IAsyncDisposable
{
    private const int StepMs = SignalSettings.DefaultStepMs;
    private readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000 * StepMs));
    private readonly Outbox outbox = new();
    private readonly SignalHistory history = new();
    private readonly SignalTeller teller;
    private long next = 900;

    public SignalTellerTests() => teller = new(service => service == "shop" ? history : null, outbox, TimeSpan.Zero, time);

    public ValueTask DisposeAsync()
    {
        teller.StopAll();
        outbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_kept_is_told_at_once_and_then_every_step_until_the_end()
    {
        Steps(5);
        teller.Start(Ask(from: 902, until: 907 * StepMs));

        var kept = await TakeAsync();
        Assert.Equal(("a", StepMs, 902, 3), (kept.Asker, kept.StepMs, kept.FirstStep, kept.Steps));
        Assert.Equal([902f, 903f, 904f], kept.Row("cpu"));

        foreach (var step in new[] { 905, 906 })
        {
            Steps(1);
            var told = await TakeAsync();
            Assert.Equal((step, 1), (told.FirstStep, told.Steps));
        }

        Steps(1);
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Without_an_end_only_what_is_there_is_told()
    {
        Steps(2);
        teller.Start(Ask());
        Assert.Equal(2, (await TakeAsync()).Steps);

        Steps(1);
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Before_anything_was_measured_nothing_is_told_and_before_anything_new_the_length_of_a_step()
    {
        teller.Start(Ask(until: long.MaxValue));
        Assert.Empty(history.TellAll());

        Steps(1);
        Assert.Equal(900, (await TakeAsync()).FirstStep);
        teller.Start(Ask(from: 902, until: long.MaxValue));
        var nothing = await TakeAsync();
        Assert.Equal((StepMs, 902, 0), (nothing.StepMs, nothing.FirstStep, nothing.Steps));

        Steps(1);
        teller.Start(Ask(asker: "other", from: 901));
        Assert.Equal("other", (await TakeAsync()).Asker);
        Steps(1);
        var told = await TakeAsync();
        Assert.Equal(("a", 902), (told.Asker, told.FirstStep));
    }

    [Fact]
    public async Task The_same_asker_replaces_what_it_asked()
    {
        Steps(1);
        teller.Start(Ask(until: long.MaxValue));
        await TakeAsync();
        teller.Start(Ask(until: long.MaxValue));
        await TakeAsync();

        Steps(1);
        await TakeAsync();
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Sixteen_may_ask_and_then_the_first_is_forgotten()
    {
        Steps(1);
        for (var asker = 0; asker <= SignalTeller.MostAskers; asker++)
        {
            teller.Start(Ask(asker: "asker" + asker, until: long.MaxValue));
            await TakeAsync();
        }

        Steps(1);
        HashSet<string> told = [];
        for (var asker = 0; asker < SignalTeller.MostAskers; asker++)
            told.Add((await TakeAsync()).Asker);

        Assert.Equal(SignalTeller.MostAskers, told.Count);
        Assert.DoesNotContain("asker0", told);
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Nothing_is_told_of_a_service_that_is_not_here_nor_after_the_connection()
    {
        var elsewhere = Ask(until: long.MaxValue);
        elsewhere.Service = "mail";
        teller.Start(elsewhere);
        Steps(1);
        await NothingMoreAsync();

        teller.Start(Ask(until: long.MaxValue));
        await TakeAsync();
        teller.StopAll();
        Steps(1);
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Much_is_told_in_several_messages_that_are_small_enough()
    {
        var random = new Random(1);
        for (var step = 0; step < 360; step++)
        {
            for (var kind = 0; kind < 100; kind++)
                history.Kinds.Add(System.Text.Encoding.UTF8.GetBytes($"ERROR {(char)('a' + (kind % 26))}{(char)('a' + (kind / 26))} {new string('\u20ac', 160)}"), next, 1);
            Steps(1, series: 60);
        }

        history.Started(new() { At = 1, Version = "1.0" });
        teller.Start(Ask());

        List<V1.Signals> told = [];
        while (told.Sum(message => message.Steps) < 360)
            told.Add(await TakeAsync());

        Assert.InRange(told.Count, 2, 30);
        Assert.All(told, message => Assert.InRange(message.CalculateSize(), 1, 256 * 1024));
        Assert.Single(told.SelectMany(message => message.Starts));
        Assert.Equal(100, told.SelectMany(message => message.Kinds).Count(kind => kind.HasTemplate));
        Assert.All(told, message => Assert.All(message.Series, series => Assert.Equal(message.Steps, series.Values.Count)));
        Assert.All(told, message => Assert.Equal(message.Known.Count * message.Steps, message.KnownValues.Count));
        Assert.Equal(900, told[0].FirstStep);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.Equal(pair.First.FirstStep + pair.First.Steps, pair.Second.FirstStep));
        Assert.Equal(36_000, told.Sum(message => message.Kinds.Sum(kind => kind.Counts.Sum())));
    }

    [Fact]
    public async Task A_slow_connection_gets_the_steps_it_missed_together()
    {
        for (var asker = 0; asker < 10; asker++)
            teller.Start(Ask(asker: "asker" + asker, until: long.MaxValue));
        Steps(20);

        var told = 0;
        while (told < 200)
        {
            var message = await TakeAsync();
            told += message.Steps;
        }

        Assert.Equal(200, told);
    }

    [Fact]
    public async Task Steps_of_another_length_are_told_from_their_beginning()
    {
        Steps(2);
        teller.Start(Ask(until: long.MaxValue));
        await TakeAsync();

        history.Use(1000);
        history.Record(9_030, 1000, ring => ring.Set("cpu", 1));

        var told = await TakeAsync();
        Assert.Equal((1000, 9_030, 1), (told.StepMs, told.FirstStep, told.Steps));
    }

    [Fact]
    public async Task What_does_not_change_is_told_once_to_each_who_asks()
    {
        history.Started(new() { At = 1, Version = "1.0", Generation = 1 });
        Fail("ERROR no stock");
        Steps(1, series: 2);
        teller.Start(Ask(until: long.MaxValue));
        var first = await TakeAsync();
        Assert.Equal("metric:1", first.Series.Single().Name);
        Assert.Equal(("1.0", "ERROR no stock", "ERROR no stock"), (first.Starts.Single().Version, first.Kinds.Single().Template, first.Kinds.Single().Example));

        Fail("ERROR no stock");
        Fail("ERROR mail is away");
        Steps(1, series: 2);
        var second = await TakeAsync();
        Assert.Empty(second.Starts);
        Assert.Equal((first.Series[0].Id, false), (second.Series.Single().Id, second.Series.Single().HasName));
        Assert.Equal([(false, ""), (true, "ERROR mail is away")], second.Kinds.Select(kind => (kind.HasTemplate, kind.Example)));
        Assert.Equal((first.Kinds[0].Id, 1), (second.Kinds[0].Id, second.Kinds[0].Counts.Single()));

        history.Started(new() { At = 2, Version = "2.0", Generation = 2 });
        Fail("ERROR no bread and butter");
        Fail("ERROR no stock");
        Steps(1);
        var third = await TakeAsync();
        Assert.Equal(["1.0", "2.0"], third.Starts.Select(start => start.Version));
        Assert.Equal("ERROR no bread and butter", third.Kinds.Single(kind => kind.Id != first.Kinds[0].Id).Template);

        teller.Start(Ask(from: next - 1, until: long.MaxValue));
        var again = await TakeAsync();
        Assert.Equal(2, again.Starts.Count);
        Assert.All(again.Kinds, kind => Assert.True(kind.HasTemplate));

        history.Use(1000);
        history.Record(9_030, 1000, ring => ring.Set("cpu", 1));
        Assert.Equal(2, (await TakeAsync()).Starts.Count);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_told()
    {
        history.Started(new() { At = 1, Version = "1.0", Generation = 1 });
        Fail("ERROR no stock");
        Steps(3, series: 3);
        var ask = Ask();
        ask.Series.AddRange(["metric:2", "lines"]);
        teller.Start(ask);

        var told = await TakeAsync();
        Assert.Empty(told.Known);
        Assert.Empty(told.Kinds);
        Assert.Single(told.Starts);
        Assert.Equal((3, 3), (told.Steps, told.Row("metric:2").Length));
        Assert.Empty(told.Row("metric:1"));

        history.Record(next, StepMs, ring =>
        {
            ring.Set("lines", 0);
            ring.Set("errors", 0);
        });
        teller.Start(ask);
        Assert.Equal([float.NaN, float.NaN, float.NaN, 0], (await TakeAsync()).KnownValues);
    }

    [Fact]
    public void What_every_service_may_have_has_a_number()
    {
        var names = typeof(SignalNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.All(names, name => Assert.NotNull(KnownSignals.Find(name)));
        Assert.Equal(Enum.GetValues<KnownSignal>().Length - 1, names.Count);
        Assert.Null(KnownSignals.Find("metric:cpu"));
        Assert.Null(KnownSignals.NameOf((KnownSignal)4711));
    }

    private static TellSignals Ask(string asker = "a", long from = 0, long until = 0) => new() { Service = "shop", Asker = asker, FromStep = from, Until = until };

    /// <summary>In the step that is recorded next.</summary>
    private void Fail(string line) => history.Kinds.Add(System.Text.Encoding.UTF8.GetBytes(line), next, 1);

    private void Steps(int count, int series = 1)
    {
        for (var end = next + count; next < end; next++)
        {
            history.Record(next, StepMs, ring =>
            {
                ring.Set("cpu", next);
                for (var more = 1; more < series; more++)
                    ring.Set("metric:" + more, next);
            });
        }
    }

    private async Task<V1.Signals> TakeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return (await outbox.TakeAsync(patience.Token)).Signals;
    }

    /// <summary>Whoever is still to be told of a step is told of one that has been there for long enough; another asker's answer shows that.</summary>
    private async Task NothingMoreAsync()
    {
        teller.Start(Ask(asker: "last"));
        Assert.Equal("last", (await TakeAsync()).Asker);
        await Eventually.HoldsAsync(() => outbox.WaitAsync(CancellationToken.None).IsCompleted == false);
    }
}
