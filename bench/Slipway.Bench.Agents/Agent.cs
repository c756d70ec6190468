using Slipway.Contracts.Agent.V1;

namespace Slipway.Bench.Agents;

/// <summary>Answers every command as an agent would that needs no time for it, or as long as it was told to. How it is reached is its channel's business.</summary>
internal abstract class Agent(Fleet fleet, Options options, bool fails) : IDisposable
{
    private ulong generation;

    protected Options Options => options;

    public abstract Task ConnectAsync(HttpMessageInvoker invoker);

    public abstract void Dispose();

    protected abstract Task SendAsync(ToServer message);

    protected void Lost() => fleet.HasLost();

    protected async Task HandleAsync(ToAgent message)
    {
        switch (message.BodyCase)
        {
            case ToAgent.BodyOneofCase.Welcome:
                foreach (var assign in message.Welcome.Assignments)
                    await AssignedAsync(assign);
                break;
            case ToAgent.BodyOneofCase.HeartbeatAnswer:
                foreach (var assign in message.HeartbeatAnswer.Assignments)
                    await AssignedAsync(assign);
                break;
            case ToAgent.BodyOneofCase.Assign:
                await AssignedAsync(message.Assign);
                break;
            case ToAgent.BodyOneofCase.Prepare:
                await PreparedAsync(message.Prepare);
                break;
        }
    }

    private async Task PreparedAsync(Prepare prepare)
    {
        fleet.HeardPrepare(prepare.Release.Version);
        await SendAsync(new()
        {
            PrepareStatus = new()
            {
                Service = prepare.Service,
                Version = prepare.Release.Version,
                ConfigRevision = prepare.Release.ConfigRevision,
                State = PrepareState.PrepareDone,
                Cause = prepare.Cause,
            },
        });
        fleet.AnsweredPrepare(prepare.Release.Version);
    }

    private async Task AssignedAsync(Assign assign)
    {
        if (assign.Generation <= generation)
            return;

        generation = assign.Generation;
        var version = assign.Release?.Version ?? "";
        fleet.HeardAssign(version);
        if (options.DelayMilliseconds > 0)
            await Task.Delay(options.DelayMilliseconds);

        await SendAsync(new()
        {
            Status = new()
            {
                Service = assign.Service,
                Generation = assign.Generation,
                State = assign.Release is null ? ServiceState.Stopped : fails ? ServiceState.Failed : ServiceState.Healthy,
                Version = version,
                RunningVersion = version,
                ConfigRevision = assign.Release?.ConfigRevision ?? 0,
                Reason = fails ? "It was told to fail." : "",
                Cause = assign.Cause,
                Ready = true,
            },
        });
        fleet.AnsweredAssign(version);
    }
}
