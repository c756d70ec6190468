using Slipway.Chaos.Checking;
using Slipway.Chaos.Client;
using Slipway.Chaos.Tests.Checking;

namespace Slipway.Chaos.Tests.Client;

public sealed class JournalTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void What_was_written_is_read_while_the_writer_still_has_it_open()
    {
        using var journal = new Journal(path);
        var asked = Story.Ask("k1", "1");
        var sighting = new Sighting { At = DateTimeOffset.UnixEpoch, Deployment = Story.First, Status = "running", Sequence = 3, Events = [new(3, 9, "stageStarted", 0)] };
        journal.Asks(asked);
        journal.Heard("k1", Story.NoAnswer());
        journal.Saw(sighting);
        journal.Heard("k1", Story.Refused());

        var (requests, sightings) = Journal.Read(path);
        Assert.Equal([Story.NoAnswer(), Story.Refused()], Assert.Single(requests).Attempts);
        Assert.Equal("1", requests[0].Version);
        Assert.Equal(sighting.Events, Assert.Single(sightings).Events);
    }

    [Fact]
    public void An_answer_that_says_nothing_about_the_outcome_is_no_refusal()
    {
        Assert.False(Story.Refused("idempotency_in_progress").IsKnown);
        Assert.False(Story.NoAnswer().IsKnown);
        Assert.False(new Attempt(DateTimeOffset.UnixEpoch, 503, null, null, null).IsKnown);
        Assert.True(Story.Refused().IsRefusal);
    }

    public void Dispose() => File.Delete(path);
}
