using Orleans.Placement;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Checks.Replays;
using Slipway.Server.Engine;
using Slipway.Server.Targets;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Lets a <see cref="DeploymentJudge"/> look, keeps what it says, and takes back what it fails after the deployment's end.</summary>
[PreferLocalPlacement]
internal sealed partial class VerdictGrain(DeploymentJudges judges, VerdictStore store, SeriesStore series, LastLines lines, SteadyClock clock, ILogger<VerdictGrain> logger) : SlipwayGrain, IVerdictGrain
{
    /// <summary>What can be drawn is written down so often, and whenever the answer is another one.</summary>
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(30);

    /// <summary>While more and more instances are changed: what is deployed over a moment later stays as it was said last.</summary>
    private static readonly TimeSpan SaveEveryWhileChanging = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ArchiveEvery = TimeSpan.FromMinutes(2);

    private DeploymentJudge? judge;
    private DeploymentVerdict? saved;
    private DateTimeOffset archivedAt;

    private DeploymentId Id => DeploymentId.Parse(this.GetPrimaryKeyString());

    public async Task<string> LookAsync(string question)
    {
        using var scope = logger.BeginScope(new LogScope(Id));
        var verdict = await LookAsync(EngineJson.Read<VerdictQuestion>(question), watchedUntil: null);
        return EngineJson.Write(new VerdictView(verdict.Answer, verdict.Sentence)
        {
            Instance = verdict.Signals.FirstOrDefault(signal => signal.Answer == Answer.Fail)?.Instance ?? verdict.Lines?.Instance,
            Lines = verdict.Lines?.Lines ?? [],
        });
    }

    public async Task GoOnAsync()
    {
        using var scope = logger.BeginScope(new LogScope(Id));
        try
        {
            if (await store.FindAsync(Id, CancellationToken.None) is { Open: true } row)
                await GoOnAsync(row);
            else
                End();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogTrouble(e);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        judge?.Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task GoOnAsync(VerdictRow row)
    {
        saved ??= row.View;
        var question = row.Question;
        var deployment = await store.DeploymentAsync(Id, CancellationToken.None);
        if (deployment is { FinishedAt: null })
        {
            if (!deployment.RollingBack)
                await LookAsync(question, watchedUntil: null);

            return;
        }

        var until = deployment is { Status: DeploymentStatus.Succeeded } ? deployment.FinishedAt + question.Definition.Watch.Time : null;

        // When something else is being deployed over it, its instances say nothing of it any more.
        if (until is { } end && await store.StandsAsync(Id, question.Target, CancellationToken.None))
        {
            var isOver = clock.Now >= end;
            var verdict = await LookAsync(question, end, isLast: isOver);
            if (verdict is { Answer: Answer.Fail, DryRun: false })
                await TakeBackAsync(question, verdict);
            else if (!isOver)
                return;
        }
        else
        {
            saved = saved with { WatchedUntil = null };
        }

        await SaveAsync(question, saved, open: false);
        End();
    }

    private async Task TakeBackAsync(VerdictQuestion question, DeploymentVerdict verdict)
    {
        LogTakenBack(question.Target, question.Release.Version, verdict.Sentence);
        if (await GrainFactory.GetGrain<ITargetGrain>(question.Target.Key).TakeBackAsync(Id.Value, verdict.Sentence) is { } way)
            saved = verdict with { TakenBackBy = DeploymentId.Parse(way) };
    }

    /// <param name="isLast">Nobody looks again: what can be drawn is written down whatever it says.</param>
    private async Task<DeploymentVerdict> LookAsync(VerdictQuestion question, DateTimeOffset? watchedUntil, bool isLast = false)
    {
        // What has failed is taken back; instances that run the old version again are no evidence for the new one.
        if (saved is { Answer: Answer.Fail, DryRun: false } failed)
            return failed;

        judge ??= await judges.BeginAsync(question, CancellationToken.None);
        var now = clock.Now;
        var verdict = judge.Look(question, now, draw: false);

        // A judge that has just begun has heard nothing yet, and knows less than what was said before.
        if (saved is { Changed: > 0 } known && verdict.Changed == 0)
            return known;

        if (!isLast && IsWrittenDown(verdict, watchedUntil, now))
            return verdict with { Lines = saved?.Lines };

        verdict = judge.Look(question, now, draw: true) with { WatchedUntil = watchedUntil, Lines = saved?.Lines };
        if (verdict is { Answer: Answer.Fail, Lines: null })
            verdict = verdict with { Lines = await lines.OfAsync(FirstFailing(verdict, question), question.Target.Service) };

        var isNew = saved?.Answer != verdict.Answer;
        await SaveAsync(question, verdict, open: true);
        if (isNew || isLast || now - archivedAt > ArchiveEvery)
            await ArchiveAsync(question.Target, now);

        return verdict;
    }

    /// <summary>While the instances still run what is judged: afterwards nobody knows which of them did.</summary>
    private async Task ArchiveAsync(TargetId target, DateTimeOffset now)
    {
        if (judge?.Archive() is not { } measured)
            return;

        await series.SaveAsync(Id, target, measured, CancellationToken.None);
        archivedAt = now;
    }

    private bool IsWrittenDown(DeploymentVerdict verdict, DateTimeOffset? watchedUntil, DateTimeOffset now) =>
        saved is { } before && before.Answer == verdict.Answer && before.WatchedUntil == watchedUntil
        && now - before.JudgedAt < (before.Changed == verdict.Changed ? SaveEvery : SaveEveryWhileChanging);

    private async Task SaveAsync(VerdictQuestion question, DeploymentVerdict verdict, bool open)
    {
        await store.SaveAsync(
            new()
            {
                Deployment = Id,
                Service = question.Target.Service,
                Environment = question.Target.Environment,
                Open = open,
                JudgedAt = verdict.JudgedAt,
                Question = question,
                View = verdict,
            },
            CancellationToken.None);
        saved = verdict;
    }

    private static InstanceName FirstFailing(DeploymentVerdict verdict, VerdictQuestion question) =>
        verdict.Signals.FirstOrDefault(signal => signal is { Answer: Answer.Fail, Instance: not null })?.Instance ?? question.Changed[0];

    private void End()
    {
        judge?.Dispose();
        judge = null;
        DeactivateOnIdle();
    }

    [LoggerMessage(LogLevel.Warning, "{Target}: {Version} is taken back after its deployment had succeeded: {Reason}")]
    private partial void LogTakenBack(TargetId target, VersionName version, string reason);

    [LoggerMessage(LogLevel.Error, "The deployment could not be judged; trying again")]
    private partial void LogTrouble(Exception exception);
}
