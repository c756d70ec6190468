using Slipway.Agent.Reporting;
using Xunit;

namespace Slipway.Agent.Tests.Connection;

public sealed class OutboxTests
{
    [Fact]
    public async Task Only_the_newest_status_of_a_service_waits()
    {
        using var outbox = new Outbox();
        for (ulong i = 1; i <= 1000; i++)
            outbox.Put(new() { Status = new() { Service = "shop", Generation = i } });
        outbox.Put(new() { Status = new() { Service = "mail", Generation = 1 } });

        Assert.Equal(1000ul, (await outbox.TakeAsync(CancellationToken.None)).Status.Generation);
        Assert.Equal("mail", (await outbox.TakeAsync(CancellationToken.None)).Status.Service);
        Assert.False(outbox.TakeAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_new_connection_begins_without_statuses_but_with_prepare_results()
    {
        using var outbox = new Outbox();
        outbox.Put(new() { Status = new() { Service = "shop" } });
        outbox.Put(new() { PrepareStatus = new() { Service = "shop", Version = "1" } });
        outbox.BeginConnection();

        Assert.NotNull((await outbox.TakeAsync(CancellationToken.None)).PrepareStatus);
        Assert.False(outbox.TakeAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_log_faster_than_the_connection_waits()
    {
        using var outbox = new Outbox();
        var last = Task.CompletedTask;
        for (var i = 0; i < 65; i++)
            last = outbox.PutChunkAsync(new() { Tail = "t" }, CancellationToken.None).AsTask();

        Assert.False(last.IsCompleted);
        await outbox.TakeAsync(CancellationToken.None);
        await last;
    }
}
