using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Server.Deployments;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class DeploymentStoryTests
{
    [Fact]
    public void The_story_of_a_rollback_reads_as_sentences()
    {
        var created = Created(Stage("one"), Stage("two")) with { Reason = "new cart" };
        Assert.Equal(
            [
                "kim asked for shop 2.0 in production: new cart",
                "Started: 1.0 → 2.0",
                "One: do one",
                "One goes on",
                "One: could not tell, trying again: no answer",
                "One done in 0.0 s",
                "kim asked to pause at the next safe point: lunch",
                "Paused",
                "kim resumed it",
                "Two: do two",
                "Two failed: It broke.",
                "Taking it back to 1.0",
                "Undo: do undo",
                "Undo done in 0.0 s",
                "Rolled back: shop in production is on 1.0; on hold for automatic deployments",
            ],
            Tell(
                created,
                new Started { Plan = created.Plan, Previous = Release("1.0") },
                Begin(0),
                new StageNoted(0, JsonSerializer.SerializeToElement(1)),
                new StageErrored(0, "no answer", Noon, null),
                new StageSucceeded(0),
                new PauseRequested("kim", "lunch"),
                new Paused(),
                new Resumed("kim"),
                Begin(1),
                Fail(1),
                new RollbackStarted([Stage("undo")]),
                Begin(2),
                new StageSucceeded(2),
                new Finished(DeploymentStatus.RolledBack)));
    }

    [Fact]
    public void The_first_deployment_that_goes_back_says_that_nothing_ran_before()
    {
        var created = Created(Stage("one"));
        var told = Tell(created, new Started { Plan = created.Plan }, Begin(0), new RollbackRequested("kim", null), new RollbackStarted([Stage("undo")]), Begin(1), new StageSucceeded(1), new Finished(DeploymentStatus.RolledBack));
        Assert.Equal("Started: first deployment, 2.0", told[1]);
        Assert.Equal("kim asked to roll back", told[3]);
        Assert.Equal("Taking it back: nothing ran before", told[4]);
        Assert.Equal("Rolled back: shop does not run in production, as before", told[^1]);
    }

    [Fact]
    public void A_stage_whose_description_begins_with_its_name_says_it_once() =>
        Assert.Equal("One: twice", Tell(Created(Stage("one") with { Description = "one: twice" }), new Started { Plan = Plan(Stage("one") with { Description = "one: twice" }) }, Begin(0))[^1]);

    [Theory]
    [InlineData(DeploymentStatus.Succeeded, "shop 2.0 runs in production")]
    [InlineData(DeploymentStatus.Cancelled, "Cancelled")]
    [InlineData(DeploymentStatus.Superseded, "Superseded by a newer deployment")]
    [InlineData(DeploymentStatus.Failed, "Failed")]
    public void Every_ending_has_its_sentence(DeploymentStatus status, string sentence) =>
        Assert.Equal(sentence, Tell(Created(Stage("one")), new Finished(status))[^1]);

    [Fact]
    public void There_are_words_for_every_kind_of_fact_and_every_fact_survives_the_database()
    {
        var kinds = typeof(DeploymentFact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DeploymentFact))).ToList();
        Assert.Equal(15, kinds.Count);
        DeploymentFact[] facts =
        [
            Created(Stage("one")), new Started { Plan = Plan(Stage("one")) }, Begin(0), new StageNoted(0, JsonSerializer.SerializeToElement(1)), new StageSucceeded(0),
            new StageErrored(0, "x", Noon, null), Fail(0), new PauseRequested("kim", null), new Paused(), new Resumed("kim"), new CancelRequested("kim", null),
            new RollbackRequested("kim", null), new RollbackStarted([]), new Finished(DeploymentStatus.Failed),
            new ApprovalAnswered(0, true, "kim", null, null),
        ];
        Assert.Equal(kinds.Select(kind => kind.Name).Order(), facts.Select(fact => fact.GetType().Name).Order());
        Assert.All(facts, fact =>
        {
            Assert.NotEmpty(DeploymentStory.Tell(Running(Stage("one")), fact));
            var json = Engine.EngineJson.Write(fact);
            Assert.Equal(json, Engine.EngineJson.Write(Engine.EngineJson.Read<DeploymentFact>(json)));
        });
    }

    private static List<string> Tell(params DeploymentFact[] facts)
    {
        var told = new List<string>();
        DeploymentState? state = null;
        foreach (var fact in facts)
        {
            state = DeploymentRules.Apply(state, fact, Noon);
            told.Add(DeploymentStory.Tell(state, fact));
        }

        return told;
    }
}
