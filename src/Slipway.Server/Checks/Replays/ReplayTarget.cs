using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.Server.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Checks.Replays;

internal static class ReplayTarget
{
    private const int Usual = 20;

    /// <summary>A replay keeps a core busy for seconds.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/targets/{service}/{environment}/replay", RunAsync)
        .Requires(Scope.Deploy)
        .Produces<ReplayReport>()
        .WithTags("Targets")
        .WithName("ReplayTarget")
        .WithSummary("Judge past deployments by other rules")
        .WithDescription(
            "Lives through the last deployments of a target again, with what their instances measured, and says how often the rules would have stopped good ones and missed bad ones. Changes nothing. "
            + "Signals are kept for the last 30 judged deployments of a target, of at most 20 changed and 20 unchanged instances each. One replay runs at a time; it takes about a second for each deployment.");

    private static async Task<IResult> RunAsync(ServiceName service, EnvironmentName environment, ReplayRequest body, SeriesStore store, CancellationToken cancellation)
    {
        if (body.Limit is < 1 or > SeriesStore.Kept)
            return Refusal.Invalid("limit", $"limit is a number from 1 to {SeriesStore.Kept}.").ToResult();

        if (body.Verdict?.Ignore?.FirstOrDefault(name => !JudgedSignals.Has(name)) is { } unknown)
            return Refusal.Invalid("verdict.ignore", $"\"{unknown}\" is not {JudgedSignals.Says}.").ToResult();

        var target = new TargetId(service, environment);
        if (await store.RulesAsync(target, cancellation) is not { } usual)
            return Refusal.NotFound("service", service).ToResult();

        var rules = body.Verdict?.Over(usual) ?? usual;
        var past = await store.ReadAsync(target, body.Limit ?? Usual, cancellation);
        await Turn.WaitAsync(cancellation);
        try
        {
            return TypedResults.Ok(await Task.Run(() => Report(past, rules, cancellation), cancellation));
        }
        finally
        {
            Turn.Release();
        }
    }

    private static ReplayReport Report(IReadOnlyList<PastDeployment> past, VerdictDefinition rules, CancellationToken cancellation)
    {
        var judged = past.Select(one => Judge(one, rules, cancellation)).OfType<ReplayedDeployment>().ToList();
        return new()
        {
            Verdict = rules,
            Good = judged.Count(one => one.Good),
            GoodStopped = judged.Count(one => one is { Good: true, Now: Answer.Fail }),
            Bad = judged.Count(one => !one.Good),
            BadMissed = judged.Count(one => one is { Good: false, Now: not Answer.Fail }),
            Deployments = judged,
        };
    }

    private static ReplayedDeployment? Judge(PastDeployment past, VerdictDefinition rules, CancellationToken cancellation)
    {
        if (SignalArchive.Read(past.Content) is not var (signals, instances))
            return null;

        var (answer, sentence, after) = Replayer.Run(signals, instances, rules, past.Deployment.FinishedAt, cancellation);
        return new()
        {
            Deployment = past.Deployment.Id,
            Version = past.Deployment.Version,
            CreatedAt = past.Deployment.CreatedAt,
            Good = past.IsGood,
            Before = past.Verdict.Answer,
            Now = answer,
            StoppedAfter = after,
            Sentence = sentence,
        };
    }
}
