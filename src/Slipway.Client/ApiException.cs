using Slipway.Contracts;

namespace Slipway.Client;

/// <summary>The server answered, and the answer is no.</summary>
public sealed class ApiException(ApiProblem problem)
    : Exception(problem.Detail.Length > 0 ? problem.Detail : problem.Title)
{
    public ApiProblem Problem { get; } = problem;
}
