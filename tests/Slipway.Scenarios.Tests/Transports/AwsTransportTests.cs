using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>Commands through an SNS topic and SQS queues; reports over the API.</summary>
public sealed class AwsTransportTests : TransportTests
{
    private AwsFleet? aws;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (aws is not null)
            await aws.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<FleetSettings> SettingsAsync() => (aws = await AwsFleet.StartAsync()).Settings();
}
