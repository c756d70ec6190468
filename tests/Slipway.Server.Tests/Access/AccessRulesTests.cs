using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;

namespace Slipway.Server.Tests.Access;

public sealed class AccessRulesTests
{
    private static readonly ServiceName Checkout = ServiceName.Parse("checkout");
    private static readonly ServiceName Search = ServiceName.Parse("search");
    private static readonly EnvironmentName Dev = EnvironmentName.Parse("dev");
    private static readonly EnvironmentName Production = EnvironmentName.Parse("production");

    public static TheoryData<Scope, Scope, bool> Matrix()
    {
        var data = new TheoryData<Scope, Scope, bool>();
        foreach (var has in Enum.GetValues<Scope>())
        {
            foreach (var needs in Enum.GetValues<Scope>())
                data.Add(has, needs, has >= needs);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void A_scope_includes_those_before_it(Scope has, Scope needs, bool allowed) =>
        Assert.Equal(allowed, AccessRules.Refuse(new Caller("id", "ci", has), needs) is null);

    [Fact]
    public void A_token_for_services_changes_only_those_and_reads_all()
    {
        var caller = new Caller("id", "ci", Scope.Deploy) { Services = [Checkout] };
        Assert.Null(AccessRules.Refuse(caller, Scope.Deploy, Checkout, Production));
        Assert.Null(AccessRules.Refuse(caller, Scope.Read, Search));
        Assert.Equal("forbidden", AccessRules.Refuse(caller, Scope.Publish, Search)?.Code);
    }

    [Fact]
    public void A_token_for_environments_deploys_only_there_and_publishes_anything()
    {
        var caller = new Caller("id", "ci", Scope.Deploy) { Environments = [Dev] };
        Assert.Null(AccessRules.Refuse(caller, Scope.Deploy, Search, Dev));
        Assert.Null(AccessRules.Refuse(caller, Scope.Publish, Search));
        var refusal = AccessRules.Refuse(caller, Scope.Deploy, Search, Production);
        Assert.Contains("only to dev, not to production", refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_cannot_make_one_that_may_do_more() =>
        Assert.Equal("forbidden", AccessRules.RefuseToMake(new Caller("id", "ci", Scope.Deploy), new CreateToken { Name = "x", Scope = Scope.Admin })?.Code);
}
