using Slipway.Contracts.Deployments;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>On the way back from a bad version.</summary>
public sealed class RollbackCrashTests(CrashData data, ITestOutputHelper output) : CrashTests(data, output)
{
    [Theory]
    [InlineData("stageFailed")]
    [InlineData("rollbackStarted")]
    [InlineData("stageStarted#3")]
    [InlineData("stageSucceeded#2")]
    [InlineData("finished")]
    public async Task A_bad_version_is_taken_back_though_the_server_died_around(string boundary)
    {
        await SurviveAsync("before:" + boundary, "bad", null, DeploymentStatus.RolledBack);
        await SurviveAsync("after:" + boundary, "bad", null, DeploymentStatus.RolledBack);
    }
}
