namespace Slipway.Scenarios.Tests.Aws;

/// <summary>What somebody asks of AWS, as far as policies look at it.</summary>
internal sealed record AwsCall(string Action, string Resource)
{
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();
}
