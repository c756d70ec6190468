using Slipway.Contracts.Deployments;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>While somebody asks for something.</summary>
public sealed class RequestCrashTests(CrashData data, ITestOutputHelper output) : CrashTests(data, output)
{
    [Theory]
    [InlineData("pause", "pauseRequested", DeploymentStatus.Succeeded)]
    [InlineData("pause", "paused", DeploymentStatus.Succeeded)]
    [InlineData("resume", "resumed", DeploymentStatus.Succeeded)]
    [InlineData("cancel", "cancelRequested", DeploymentStatus.Cancelled)]
    [InlineData("rollback", "rollbackRequested", DeploymentStatus.RolledBack)]
    public async Task A_request_that_was_recorded_is_kept_though_the_server_died_around(string verb, string boundary, DeploymentStatus status)
    {
        await SurviveAsync("before:" + boundary, "long", verb, status, DeploymentStatus.Succeeded);
        await SurviveAsync("after:" + boundary, "long", verb, status);
    }
}
