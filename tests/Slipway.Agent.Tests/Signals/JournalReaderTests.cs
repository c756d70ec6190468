using System.Collections.Frozen;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Signals;
using Slipway.Agent.Signals.Lines;
using Slipway.Agent.Supervision.Systemd;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

/// <summary>Output that systemd keeps, read from a real journal by the real journalctl.</summary>
public sealed class JournalReaderTests : IAsyncLifetime
{
    private const string Unit = "shop.service";

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly LineKinds kinds = new();
    private readonly List<string> complaints = [];
    private Journal journal = null!;
    private JournalReader reader = null!;
    private long step;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Journal.WhyNot is not null, Journal.WhyNot ?? "");
        journal = new();
        reader = new(journal.Systemd, time, complaints.Add);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (journal is null)
            return;

        await reader.DisposeAsync();
        journal.Dispose();
    }

    [Fact]
    public async Task Lines_of_the_unit_are_counted_by_what_they_say_and_by_what_was_said_beside_them()
    {
        Begin("a1");
        await SayAsync("a1", "INFO it runs");
        await SayAsync("a1", "\u001b[31mERROR\u001b[0m no route to 10.0.0.7");
        await journal.WriteAsync("other.service", "b1", "ERROR of somebody else");
        await SayAsync("a1", "Deadlock found", priority: 3);
        await SayAsync("a1", "It gets tight", priority: 4);
        Assert.Equal((4, 1, 2), await ReadAsync(4));
        Assert.Equal(["Deadlock found", "ERROR no route to 10.0.0.7"], Kinds().Order(StringComparer.Ordinal));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Last_words_of_what_ran_before_are_not_the_next_ones_and_first_words_are_before_it_is_known()
    {
        Begin("a1");
        await SayAsync("a1", "INFO it runs");
        await ReadAsync(1);
        End();
        await SayAsync("a1", "ERROR while it stops");
        await SayAsync("a2", "ERROR at the very beginning");
        Begin("a2");
        await SayAsync("a1", "ERROR that comes late");
        await SayAsync("a2", "INFO it runs");
        await SayAsync("a3", "WARN systemd has started it again");
        Assert.Equal((3, 1, 1), await ReadAsync(3));
        Assert.Equal(["ERROR at the very beginning"], Kinds());
    }

    [Fact]
    public async Task What_checks_ask_for_is_counted_in_the_lines_of_what_runs_now()
    {
        Begin("a1", new LineCount { Name = "lines:dead", Pattern = "dead.?lock" });
        await SayAsync("a1", "a deadlock");
        await SayAsync("a1", "none");
        var counted = 0.0;
        await ReadAsync(2, tally => counted += tally.Counted.Sum(one => one.Count));
        Assert.Equal(1, counted);
    }

    [Fact]
    public async Task Where_reading_broke_off_it_goes_on_without_a_line_lost_or_read_twice()
    {
        Begin("a1");
        await SayAsync("a1", "INFO it runs");
        await ReadAsync(1);
        await SayAsync("a1", "ERROR one");
        journal.KillReader();
        await TestInstance.UntilAsync(() => complaints.Count == 1, "it is complained of");
        Assert.True(double.IsNaN(Read().Lines));
        await SayAsync("a1", "ERROR two");
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((2, 0, 2), await ReadAsync(2));
    }

    [Fact]
    public async Task What_could_not_be_seen_is_known_again_with_the_first_line_that_is()
    {
        await journal.HideAsync("No journal files were found.");
        Begin("a1");
        await TestInstance.UntilAsync(() => complaints.Count == 1, "it is complained of");
        journal.Show();
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(double.IsNaN(Read().Lines));
        await SayAsync("a1", "ERROR one");
        Assert.Equal((1, 0, 1), await ReadAsync(1));
        Assert.Single(complaints);
    }

    [Theory]
    [InlineData("Hint: You are currently not seeing messages from other users and the system.")]
    [InlineData("No journal files were found.")]
    public async Task What_may_not_be_seen_is_unknown_and_not_none(string said)
    {
        await journal.HideAsync(said);
        Begin("a1");
        await TestInstance.UntilAsync(() => complaints.Count == 1, "it is complained of");
        Assert.Equal($"What {Unit} writes to systemd's journal cannot be read, so its lines are not counted: {said}", complaints[0]);
        Assert.True(double.IsNaN(Read().Lines));
    }

    private void Begin(string invocation, params LineCount[] counted) =>
        reader.Begin(new(new FakeRun(), SignalSettings.Default with { Counted = counted }, "1.0", 1, new Started(invocation), IsFresh: true), step, kinds);

    private void End() => reader.End(step, kinds);

    private IEnumerable<string> Kinds()
    {
        var told = new RepeatedField<LineKind>();
        kinds.Tell(told, 0, (int)step + 1, FrozenSet<uint>.Empty);
        return told.Select(kind => kind.Example);
    }

    private Task SayAsync(string invocation, string text, int priority = 6) => journal.WriteAsync(Unit, invocation, text, priority);

    private LineTally Read() => reader.Read(step++, kinds);

    /// <summary>Reads on until there are so many lines.</summary>
    private async Task<(double Lines, double Warnings, double Errors)> ReadAsync(int lines, Action<LineTally>? look = null)
    {
        var sum = (Lines: 0.0, Warnings: 0.0, Errors: 0.0);
        await TestInstance.UntilAsync(
            () =>
            {
                var tally = Read();
                if (!double.IsNaN(tally.Lines))
                {
                    look?.Invoke(tally);
                    sum = (sum.Lines + tally.Lines, sum.Warnings + tally.Warnings, sum.Errors + tally.Errors);
                }

                return sum.Lines >= lines;
            },
            $"{lines} lines are read");
        return sum;
    }

    private sealed record Started(string Invocation) : IJournaled
    {
        public string Unit => JournalReaderTests.Unit;
    }
}
