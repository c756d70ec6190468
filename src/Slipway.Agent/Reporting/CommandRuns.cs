using Slipway.Agent.Activating;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Reporting;

/// <summary>Commands that checks ask for. Each is run once, however often it is asked for: messages come twice, and servers ask again when they were restarted.</summary>
internal sealed class CommandRuns(IActivator activator, Outbox outbox)
{
    public const int MostAtOnce = 4;
    private const int MostRemembered = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<CommandEnded>> runs = new(StringComparer.Ordinal);
    private readonly Queue<string> order = [];

    /// <returns>Completes when it was answered.</returns>
    public async Task StartAsync(RunCommand request, CancellationToken stopping)
    {
        try
        {
            var ended = (await Find(request, stopping)).Clone();
            ended.Asker = request.Asker;
            outbox.Put(new ToServer { CommandEnded = ended });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The agent ends, and with it what it began.
        }
    }

    private Task<CommandEnded> Find(RunCommand request, CancellationToken stopping)
    {
        lock (gate)
        {
            if (runs.TryGetValue(request.Run, out var known))
                return known;

            if (runs.Values.Count(run => !run.IsCompleted) >= MostAtOnce)
                return Task.FromResult(new CommandEnded { Run = request.Run, Trouble = $"runs {MostAtOnce} commands of checks already" });

            var begun = Task.Run(() => activator.RunCommandAsync(request, stopping), stopping);
            runs.Add(request.Run, begun);
            order.Enqueue(request.Run);
            if (order.Count > MostRemembered)
                runs.Remove(order.Dequeue());

            return begun;
        }
    }
}
