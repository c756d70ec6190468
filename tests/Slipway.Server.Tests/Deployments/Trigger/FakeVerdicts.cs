using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;

namespace Slipway.Server.Tests.Deployments.Trigger;

/// <summary>Says what the test dictates; at first that nothing is known.</summary>
internal sealed class FakeVerdicts : IVerdicts
{
    public VerdictView View { get; set; } = new(Answer.Inconclusive, "Too little is known.");

    public List<VerdictQuestion> Questions { get; } = [];

    public Task<VerdictView> LookAsync(VerdictQuestion question, CancellationToken cancellation)
    {
        Questions.Add(question);
        return Task.FromResult(View);
    }
}
