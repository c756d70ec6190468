using Slipway.Contracts;

namespace Slipway.Server.Api;

/// <summary>Why a request is not done: a stable code, an HTTP status and a sentence that says what to do.</summary>
internal sealed record Refusal(string Code, int Status, string Detail)
{
    /// <summary>Field or place in a file to what is wrong there.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static Refusal NotFound(string what, object name) =>
        new($"{what.Replace(' ', '_')}_not_found", StatusCodes.Status404NotFound, $"There is no {what} {name}.");

    public static Refusal Invalid(string field, string problem) =>
        new("invalid_request", StatusCodes.Status400BadRequest, problem) { Errors = new Dictionary<string, string[]> { [field] = [problem] } };

    public static Refusal Conflict(string code, string detail) => new(code, StatusCodes.Status409Conflict, detail);

    /// <summary>The refusal as the answer of an endpoint; also puts the code where the audit finds it.</summary>
    public IResult ToResult() => new RefusalResult(this);

    private sealed class RefusalResult(Refusal refusal) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Items[typeof(Refusal)] = refusal;
            httpContext.Response.StatusCode = refusal.Status;
            var problem = new ApiProblem
            {
                Type = "about:blank",
                Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(refusal.Status),
                Status = refusal.Status,
                Detail = refusal.Detail,
                Code = refusal.Code,
                Errors = refusal.Errors,
            };
            await httpContext.Response.WriteAsJsonAsync(problem, ContractsJson.Default.ApiProblem, "application/problem+json", httpContext.RequestAborted);
        }
    }
}
