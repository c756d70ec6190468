using System.Collections.Concurrent;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>
/// What stages are told at once: the last answer there is. It is asked for anew beside them, so that no deployment waits for its judge; when the answer is another
/// one, the deployment is woken.
/// </summary>
internal sealed partial class Verdicts(IGrainFactory grains, IDeploymentWakeUps wakeUps, TimeProvider time, ILogger<Verdicts> logger) : IVerdicts
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);
    private static readonly VerdictView Nothing = new(Answer.Inconclusive, "Nothing is known yet.");

    private readonly ConcurrentDictionary<DeploymentId, Asked> asked = new();

    public Task<VerdictView> LookAsync(VerdictQuestion question, CancellationToken cancellation)
    {
        var mine = asked.GetOrAdd(question.Deployment, _ => Begin());
        if (mine.IsToBeAsked(question.Changed.Count, Pause))
            _ = AskAsync(question, mine);

        return Task.FromResult(mine.View);
    }

    private async Task AskAsync(VerdictQuestion question, Asked mine)
    {
        try
        {
            await Task.Yield();
            var view = EngineJson.Read<VerdictView>(await grains.GetGrain<IVerdictGrain>(question.Deployment.Value).LookAsync(EngineJson.Write(question)));
            var isNew = view.Answer != mine.View.Answer;
            mine.View = view;
            if (isNew)
                wakeUps.InstancesChanged(question.Target);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogTrouble(question.Deployment, e);
        }
        finally
        {
            mine.Answered();
        }
    }

    /// <summary>Deployments that have ended are not asked about any more.</summary>
    private Asked Begin()
    {
        foreach (var (id, other) in asked)
        {
            if (other.IsOlderThan(Forgotten))
                asked.TryRemove(id, out _);
        }

        return new(Nothing, time);
    }

    [LoggerMessage(LogLevel.Warning, "{Deployment} could not be judged just now; trying again")]
    private partial void LogTrouble(DeploymentId deployment, Exception exception);

    private sealed class Asked(VerdictView view, TimeProvider time)
    {
        private readonly Lock gate = new();
        private volatile VerdictView view = view;
        private long at = time.GetTimestamp();
        private int changed = -1;
        private bool waits;

        public VerdictView View
        {
            get => view;
            set => view = value;
        }

        public bool IsToBeAsked(int nowChanged, TimeSpan pause)
        {
            lock (gate)
            {
                if (waits || (changed == nowChanged && time.GetElapsedTime(at) < pause))
                    return false;

                (waits, changed) = (true, nowChanged);
                return true;
            }
        }

        public void Answered()
        {
            lock (gate)
                (waits, at) = (false, time.GetTimestamp());
        }

        public bool IsOlderThan(TimeSpan age)
        {
            lock (gate)
                return !waits && time.GetElapsedTime(at) > age;
        }
    }
}
