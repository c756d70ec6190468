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

    private static readonly TimeSpan ArchiveEvery = TimeSpan.FromMinutes(2);

    private DeploymentJudge? judge;
    private DeploymentVerdict? saved;
    private DateTimeOffset archivedAt;

    private DeploymentId Id => DeploymentId.Parse(this.GetPrimaryKeyString());

    public async Task<string> LookAsync(string question)
    {
        using var scope = logger.BeginScope(new LogScope(Id));
        var verdict = await LookAsync(EngineJson.Read<VerdictQuestion>(question), watchedUntil: null, isLast: false);
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
        var deployment = await store.DeploymentAsync(Id, CancellationToken.None);
        if (deployment is { FinishedAt: null })
        {
            if (!deployment.RollingBack)
                await LookAsync(row.Question, watchedUntil: null, isLast: false);

            return;
        }

        var until = deployment is { Status: DeploymentStatus.Succeeded } ? deployment.FinishedAt + row.Question.Definition.Watch.Time : null;
        if (until is not { } end || clock.Now >= end || !await store.StandsAsync(Id, row.Question.Target, CancellationToken.None))
        {
            await CloseAsync(row, looksOnce: until is not null);
            return;
        }

        var verdict = await LookAsync(row.Question, end, isLast: false);
        if (verdict is { Answer: Answer.Fail, DryRun: false })
        {
            LogTakenBack(row.Question.Target, row.Question.Release.Version, verdict.Sentence);
            await GrainFactory.GetGrain<ITargetGrain>(row.Question.Target.Key).TakeBackAsync(Id.Value, verdict.Sentence);
            await CloseAsync(row, looksOnce: false);
        }
    }

    private async Task<DeploymentVerdict> LookAsync(VerdictQuestion question, DateTimeOffset? watchedUntil, bool isLast)
    {
        // What has failed is taken back; instances that run the old version again are no evidence for the new one.
        if (saved is { Answer: Answer.Fail, DryRun: false } failed)
            return failed;

        judge ??= await judges.BeginAsync(question, CancellationToken.None);
        var now = clock.Now;
        var verdict = judge.Look(question, now, draw: false);
        if (!isLast && saved is { } before && before.Answer == verdict.Answer && before.WatchedUntil == watchedUntil && now - before.JudgedAt < SaveEvery)
            return verdict with { Lines = before.Lines };

        verdict = judge.Look(question, now, draw: true) with { WatchedUntil = watchedUntil, Lines = saved?.Lines };
        if (verdict is { Answer: Answer.Fail, Lines: null })
            verdict = verdict with { Lines = await lines.OfAsync(FirstFailing(verdict, question), question.Target.Service) };

        var isNew = saved?.Answer != verdict.Answer;
        await SaveAsync(question, verdict, open: !isLast);
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

    /// <summary>A judge that has just begun knows less than one that has seen it all: what was said before stays then.</summary>
    private async Task CloseAsync(VerdictRow row, bool looksOnce)
    {
        if (looksOnce && judge is not null)
            await LookAsync(row.Question, row.View.WatchedUntil, isLast: true);
        else
            await SaveAsync(row.Question, saved ?? row.View, open: false);

        End();
    }

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
