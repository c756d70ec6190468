using Slipway.Contracts.Deployments;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>On the way to a good version.</summary>
public sealed class ForwardCrashTests(CrashData data, ITestOutputHelper output) : CrashTests(data, output)
{
    [Theory]
    [InlineData("created")]
    [InlineData("started")]
    [InlineData("stageStarted")]
    [InlineData("stageErrored")]
    [InlineData("stageNoted")]
    [InlineData("stageNoted#2")]
    [InlineData("stageSucceeded")]
    [InlineData("stageStarted#2")]
    [InlineData("stageSucceeded#2")]
    [InlineData("finished")]
    public async Task A_deployment_succeeds_though_the_server_died_around(string boundary)
    {
        await SurviveAsync("before:" + boundary, "good", null, DeploymentStatus.Succeeded);
        await SurviveAsync("after:" + boundary, "good", null, DeploymentStatus.Succeeded);
    }
}
