namespace Slipway.Bench.Agents;

/// <summary>One deployment to all agents.</summary>
/// <param name="TotalSeconds">From the request until the deployment had ended.</param>
/// <param name="PrepareSeconds">From the first agent that heard "prepare" until the last had answered.</param>
/// <param name="AssignSeconds">From the first agent that heard "assign" until the last had answered.</param>
internal sealed record Round(bool Succeeded, double TotalSeconds, double PrepareSeconds, double AssignSeconds, int Acknowledged, string? Failure);
