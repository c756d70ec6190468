using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Ids;
using Slipway.Server.Changes;
using Slipway.Server.Deployments;

namespace Slipway.Server.Tests.Changes;

public sealed class ChangeReaderTests
{
    private readonly FakeTimeProvider clock = new();
    private long position;

    [Fact]
    public void Up_to_200_targets_are_named_and_more_are_all()
    {
        using var reader = New();
        reader.Offer(new() { Targets = Targets(200) });
        Assert.Contains("\"s199\"", Told(reader), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        reader.Offer(new() { Targets = Targets(201) });
        Assert.Contains("""{"targets":[],"all":true}""", Told(reader), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_of_message_comes_at_once_and_then_at_most_every_200_milliseconds()
    {
        using var reader = New();
        reader.Offer(new() { Kinds = ["services"] });
        Assert.Contains("services", Told(reader), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMilliseconds(199));
        reader.Offer(new() { Kinds = ["versions"] });
        reader.Offer(new() { Kinds = ["tokens", "versions"] });
        Assert.Empty(Told(reader));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("event: catalog\ndata: {\"kinds\":[\"versions\",\"tokens\"]}\n\n", Told(reader));
        Assert.Empty(Told(reader));
    }

    [Fact]
    public void A_reader_that_does_not_read_holds_little_and_knows_that_it_missed_events()
    {
        using var reader = New();
        for (var id = 1; id <= 10_000; id++)
            reader.Offer(new() { Events = [Event(id)] });

        Assert.True(reader.TakeMissed());
        Assert.False(reader.TakeMissed());
        reader.Offer(new() { Events = [Event(10_001)] });
        Assert.Equal(1, Told(reader).Split("event: deployment").Length - 1);
        Assert.Equal(10_001, position);
    }

    [Fact]
    public void An_event_that_was_already_read_from_the_database_is_not_told_again()
    {
        using var reader = New();
        reader.Offer(new() { Events = [Event(1), Event(2), Event(3)] });
        position = 2;
        Assert.Contains("id: 3\n", Told(reader), StringComparison.Ordinal);
        Assert.Equal(3, position);
    }

    [Fact]
    public void Progress_of_more_than_200_deployments_is_told_as_all()
    {
        using var reader = New();
        reader.Offer(new() { Progress = [.. Enumerable.Range(0, 201).Select(_ => (DeploymentId.New(), Target("s")))] });
        var told = Told(reader);
        Assert.Contains("\"all\":true", told, StringComparison.Ordinal);
        Assert.DoesNotContain("event: progress", told, StringComparison.Ordinal);
    }

    private ChangeReader New() => new(_ => true, clock);

    private string Told(ChangeReader reader) => string.Concat(reader.Take(ref position).Select(System.Text.Encoding.UTF8.GetString));

    private static TargetId Target(string service) => new(ServiceName.Parse(service), EnvironmentName.Parse("production"));

    private static TargetId[] Targets(int count) => [.. Enumerable.Range(0, count).Select(i => Target($"s{i}"))];

    private static EventFrame Event(long id) => new(new EventRow
    {
        Id = id,
        Deployment = DeploymentId.Parse("d-7k2m9x4q1z"),
        Sequence = id,
        Service = ServiceName.Parse("s"),
        Environment = EnvironmentName.Parse("production"),
        Type = "started",
        Message = "Started",
        Fact = "{}",
    });
}
