using System.Globalization;
using System.Text.Json;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Judging;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Prometheus;
using Slipway.Judging.Kayenta.Wire;
using Slipway.Server.Checks.Declared.Http;
using Slipway.Server.Checks.Kayenta;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>
/// A canary config of Kayenta: at the end of every interval all values since the beginning are judged, as Spinnaker's canary stage does it. Prometheus
/// keeps the values, so a server that was away judges what it has missed.
/// </summary>
internal sealed class CanaryKind(CheckHttp http, IPairJudge judge, TimeProvider clock) : ICheckKind
{
    private const int LargestAnswer = 4 * 1024 * 1024;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    public bool Is(CheckDefinition check) => check.Canary is not null;

    public string Describe(CheckDefinition check) => $"Compare the new version with the old by a canary config for {check.Canary!.Lifetime}";

    public IEnumerable<string?> Texts(CheckDefinition check) => [check.Canary!.Address, check.Canary.Control, check.Canary.Experiment, check.Canary.Location, .. check.Canary.Parameters.Values];

    public async Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation)
    {
        var canary = call.Check.Canary!;
        if (call.Fill(canary.Control).Length == 0)
            return new StageResult.Succeeded { Shown = call.Show("Nothing ran before, so there is nothing to compare with") };

        var memory = CanaryMemory.Of(call.Run.Memory);
        var end = CanaryIntervals.End(call.Run.StartedAt, canary.Lifetime.Time, call.Check.IntervalOrDefault, memory.Scores.Count);
        var due = memory.RetryAt > end ? memory.RetryAt.Value : end;
        if (call.Now < due)
            return Wait(call, due, memory, null);

        try
        {
            var result = await JudgeAsync(call, canary, end, cancellation);
            return Decide(call, memory, result, isLast: end >= call.Run.StartedAt + canary.Lifetime.Time);
        }
        catch (NotJudgeableException e)
        {
            throw new CheckNotPossibleException(Told.Short(e.Message));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Trouble(call, memory, e);
        }
    }

    private async Task<CanaryJudgeResult> JudgeAsync(CheckCall call, CanaryCheck canary, DateTimeOffset end, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(CheckRules.LongestTry, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        using var client = http.To(call.Address(canary.Address), LargestAnswer);
        var config = canary.Config.Deserialize(KayentaJson.Default.CanaryConfig)!;
        if (!JudgeRules.Classifier(null, config, judge).Is(out var classifier, out var refusal))
            throw new CheckNotPossibleException(refusal.Detail);

        var scopes = new Dictionary<string, CanaryScopePair> { ["default"] = new(Scope(call, canary, canary.Control, end), Scope(call, canary, canary.Experiment, end)) };
        var pairs = await new PrometheusMetricSource(new HttpPrometheus(client)).FetchAsync(config, scopes, both.Token);
        return CanaryJudge.Judge(config, new() { Pass = canary.Pass, Marginal = canary.Marginal }, pairs, classifier);
    }

    private static CanaryScope Scope(CheckCall call, CanaryCheck canary, string scope, DateTimeOffset end) => new()
    {
        Scope = call.Fill(scope),
        Location = canary.Location is { } location ? call.Fill(location) : null,
        Start = call.Run.StartedAt,
        End = end,
        Step = canary.Step.Time,
        ExtendedScopeParams = canary.Parameters.ToDictionary(pair => pair.Key, pair => call.Fill(pair.Value)),
    };

    private static StageResult Decide(CheckCall call, CanaryMemory memory, CanaryJudgeResult result, bool isLast)
    {
        var (canary, score) = (call.Check.Canary!, result.Score.Score);
        var after = new CanaryMemory { Scores = [.. memory.Scores, score] };
        var shown = CanaryShown.Of(call, after.Scores.Count, result);
        if (new StageThresholds(canary.Marginal, canary.Pass).StopsAt(score, isLast))
        {
            var wanted = isLast ? string.Create(CultureInfo.InvariantCulture, $"at least {canary.Pass}") : string.Create(CultureInfo.InvariantCulture, $"more than {canary.Marginal}");
            return new StageResult.Failed("check_failed", string.Create(CultureInfo.InvariantCulture, $"The canary has a score of {score:0.##}, expected {wanted}{CanaryShown.Worst(result)}."))
            {
                Evidence = CanaryShown.Evidence(result),
                Shown = shown,
            };
        }

        return isLast
            ? new StageResult.Succeeded { Shown = shown }
            : Wait(call, CanaryIntervals.End(call.Run.StartedAt, canary.Lifetime.Time, call.Check.IntervalOrDefault, after.Scores.Count), after, shown);
    }

    private static StageResult Trouble(CheckCall call, CanaryMemory memory, Exception exception)
    {
        var why = exception is OperationCanceledException
            ? $"did not answer all queries within {CheckRules.LongestTry.TotalSeconds:0} s"
            : CheckHttp.Explain(exception) switch
            {
                HttpAnswer.Refused refused => throw new CheckNotPossibleException($"{Told.Address(call.Check.Canary!.Address)} {refused.Why}."),
                HttpAnswer.Silent silent => silent.Why,
                _ => "did not answer",
            };
        var said = $"Prometheus at {Told.Address(call.Check.Canary!.Address)} {why}";
        if (call.Now >= call.TimesOutAt)
            return call.TimedOut(said);

        var retry = call.Now + AfterTrouble < call.TimesOutAt ? call.Now + AfterTrouble : call.TimesOutAt;
        return Wait(call, retry, memory with { RetryAt = retry }, call.Show(said));
    }

    private static StageResult.Waiting Wait(CheckCall call, DateTimeOffset until, CanaryMemory memory, Contracts.Deployments.StageShown? shown) => new(until - call.Now)
    {
        Memory = memory.Write(),
        Note = "comparing",
        Shown = shown ?? call.Run.Shown ?? call.Show("Comparing until the first judgement"),
    };
}
