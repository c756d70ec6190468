using System.Collections;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Telemetry;

/// <summary>Everything that is logged meanwhile carries the deployment's id.</summary>
internal sealed class LogScope(DeploymentId deployment) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Name = "Deployment";

    private string Deployment => deployment.Value;

    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0 ? new(Name, deployment.Value) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The deployment that is worked on. Null: none.</summary>
    public static string? Current(IExternalScopeProvider? scopes)
    {
        var found = new Found();
        scopes?.ForEachScope(static (scope, found) => found.Deployment = scope is LogScope mine ? mine.Deployment : found.Deployment, found);
        return found.Deployment;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Name}:{deployment.Value}";

    private sealed class Found
    {
        public string? Deployment { get; set; }
    }
}
