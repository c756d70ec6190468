using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Slipway.Contracts.Access;
using Slipway.Judging;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Wire;
using Slipway.Server.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Checks.Kayenta;

internal static class Judge
{
    /// <summary>Kayenta has no credentials for its remote judge; who has a network that only it can reach may let it in without.</summary>
    private const string OpenSetting = "Slipway:Kayenta:Open";

    public static void MapJudge(this RouteGroupBuilder kayenta)
    {
        var judge = kayenta.MapPost("/judge", JudgeAsync)
            .Requires(Scope.Read)
            .WithMetadata(new TakesBasic(), new AuditRefusalsOnly(), new RequestSizeLimitAttribute(JudgeRules.LargestBody))
            .Accepts<RemoteJudgeRequest>("application/json")
            .Produces<CanaryJudgeResult>()
            .Refuses(StatusCodes.Status413PayloadTooLarge, "too_large")
            .WithName("JudgeForKayenta")
            .WithSummary("Judge a canary for Kayenta")
            .WithDescription(
                "What Kayenta asks of a remote judge, in its words; fields that judging does not need are ignored. Nothing is stored. "
                + $"At most {JudgeRules.LargestBody / 1024 / 1024} MB, {JudgeRules.MostPairs} metrics and pairs, {JudgeRules.MostPoints} values. "
                + "The token may also come as the password of basic credentials.");
        if (((IEndpointRouteBuilder)kayenta).ServiceProvider.GetRequiredService<IConfiguration>().GetValue<bool>(OpenSetting))
            judge.WithMetadata(new OpenToAll());
    }

    private static async Task<IResult> JudgeAsync(string? mode, HttpContext context, [FromServices] IPairJudge own, CancellationToken cancellation)
    {
        if (!(await ReadAsync(context.Request, cancellation)).Is(out var request, out var refusal)
            || (refusal = JudgeRules.Refuse(request)) is not null
            || !JudgeRules.Classifier(mode, request.CanaryConfig!, own).Is(out var classifier, out refusal))
            return refusal.ToResult();

        try
        {
            return TypedResults.Json(CanaryJudge.Judge(request.CanaryConfig!, request.ScoreThresholds!, request.MetricSetPairList!, classifier), KayentaJson.Default.CanaryJudgeResult);
        }
        catch (NotJudgeableException e)
        {
            return Refusal.Invalid("metricSetPairList", e.Message).ToResult();
        }
    }

    /// <summary>By hand: Kayenta's JSON has NaN, and more fields than anybody here needs to know.</summary>
    private static async Task<Outcome<RemoteJudgeRequest>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, KayentaJson.Default.RemoteJudgeRequest, cancellation) is { } judge ? judge : JudgeRules.Nothing;
        }
        catch (JsonException e)
        {
            return JsonProblems.Explain(e);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return JudgeRules.TooLarge;
        }
    }
}
