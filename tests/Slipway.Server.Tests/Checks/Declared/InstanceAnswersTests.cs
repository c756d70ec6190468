using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Checks.Declared;
using Slipway.Server.Checks.Declared.Instances;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>What instances say of a command.</summary>
public sealed class InstanceAnswersTests
{
    private static readonly CommandEnded Good = new();
    private static readonly CommandEnded Bad = new() { Code = 3, Output = { "warming", "no stock" } };
    private static readonly CommandEnded Busy = new() { Trouble = "runs 4 commands of checks already" };

    [Fact]
    public void All_must_end_with_0()
    {
        Assert.Equal("./smoke ended with 0 on web-1", Assert.IsType<Finding.Pass>(Judge(Good)).Said);
        Assert.Equal("./smoke ended with 0 on 2 instances", Assert.IsType<Finding.Pass>(Judge(Good, Good)).Said);
    }

    [Fact]
    public void The_first_that_does_not_is_named_with_its_last_words()
    {
        var fail = Assert.IsType<Finding.Fail>(Judge(Good, Bad, Bad, null));
        Assert.Equal("./smoke ended with 3 on web-2, expected 0: no stock (and 1 more failed)", fail.Said);
        Assert.Equal(["warming", "no stock"], fail.Evidence);
        Assert.Equal("web-2", fail.Instance!.Value.Value);
        Assert.Equal("./smoke: web-1 runs 4 commands of checks already", Assert.IsType<Finding.Fail>(Judge(Busy)).Said);
    }

    [Fact]
    public void Silence_says_nothing() => Assert.Equal("web-2 did not answer", Assert.IsType<Finding.Inconclusive>(Judge(Good, null)).Said);

    private static Finding Judge(params CommandEnded?[] answers) => InstanceAnswers.Judge("./smoke", [.. answers.Select((ended, at) => (InstanceName.Parse($"web-{at + 1}"), ended))]);
}
