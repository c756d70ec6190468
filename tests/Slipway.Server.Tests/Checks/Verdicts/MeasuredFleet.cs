using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Nodes;
using FleetRelease = Slipway.DeploymentTypes.Release;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Tests.Checks.Verdicts;

/// <summary>Instances whose agents measure what the test wants, one step of ten seconds after the other, and tell it as real ones do.</summary>
internal sealed class MeasuredFleet
{
    public const int StepMs = 10_000;

    public static readonly ServiceName Service = ServiceName.Parse("shop");

    private static readonly TargetId Target = TargetId.Parse("shop/production");
    private static readonly FleetRelease New = new(VersionName.Parse("2.0"), 1);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LiveFleet fleet = new();
    private readonly List<Agent> agents = [];
    private readonly Random random = new(7);
    private readonly DeploymentJudge judge;
    private VerdictQuestion question;
    private ulong generation = 1;

    public MeasuredFleet(int instances, VerdictDefinition? definition = null)
    {
        question = new()
        {
            Deployment = DeploymentId.Parse("d-0123456789"),
            Target = Target,
            Release = New,
            Changed = [],
            Definition = definition ?? new() { WarmUp = Duration.Zero },
        };
        Desk = new(new ReturnAddresses(new SingleNode(new()), new NoOtherNodes()), time);
        for (var i = 1; i <= instances; i++)
        {
            var live = new LiveInstance(InstanceName.Parse($"shop-{i}"), Target.Environment, new([], new Dictionary<string, string>(), "1.0", default, null) { Number = (uint)i });
            var member = live.Add(Target.Service, new(new Assignment(Member: true, new(VersionName.Parse("1.0"), 1), generation, null)));
            fleet.Put(live);
            var agent = new Agent(member, this);
            live.Connect(agent);
            agents.Add(agent);
        }

        judge = new(question, fleet, Desk, Array.Empty<(string Name, double Ratio)>().ToLookup(pair => pair.Name, pair => pair.Ratio));
    }

    public SignalDesk Desk { get; }

    public IReadOnlyList<Agent> Agents => agents;

    public IEnumerable<LiveMember> Members => fleet.Members(Target);

    public int Questions => agents.Sum(agent => agent.Questions);

    public VerdictQuestion Question => question;

    public DateTimeOffset Now => time.GetUtcNow();

    public long Step => Now.ToUnixTimeMilliseconds() / StepMs;

    /// <summary>Time goes by; each agent measures each step and tells it where it was asked to.</summary>
    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(StepMs));
            foreach (var agent in agents)
                agent.Measure();
        }
    }

    /// <summary>The deployment changes instances, which start the new version at once.</summary>
    public void Change(params int[] instances)
    {
        generation++;
        foreach (var agent in instances.Select(instance => agents[instance - 1]))
            agent.Start(new Assignment(Member: true, New, generation, "d-0123456789/canary-1/1"));

        question = question with { Changed = [.. question.Changed, .. instances.Select(instance => agents[instance - 1].Instance)] };
    }

    public DeploymentVerdict Look(bool draw = false) => judge.Look(question, Now, draw);

    /// <summary>The deployment goes on, and has ended before anybody was asked again about what it had changed.</summary>
    public void ChangeUnasked(params int[] instances)
    {
        var before = question;
        Change(instances);
        question = before;
    }

    public byte[] Archive() => judge.Archive()!;

    /// <summary>Looks every half minute until there is an answer, or the time is over.</summary>
    public DeploymentVerdict LookFor(int steps)
    {
        var last = Look();
        for (var i = 0; i < steps && last.Answer == Answer.Inconclusive; i += 3)
        {
            Run(3);
            last = Look();
        }

        return last;
    }

    /// <summary>What is usual, give or take some percent.</summary>
    public double Around(double usual, double noise = 0.03) => usual * (1 + (noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)));

    /// <summary>One instance's agent.</summary>
    internal sealed class Agent(LiveMember member, MeasuredFleet fleet) : IAgentLine
    {
        private readonly List<(long Step, IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Errors)> kept = [];
        private readonly List<ProcessStart> starts = [];
        private readonly HashSet<string> kindsTold = [];
        private int startsTold;

        public InstanceName Instance => member.Instance.Name;

        public int Questions { get; private set; }

        /// <summary>The last question. Null: there was none.</summary>
        public TellSignals? Asked { get; private set; }

        public bool IsChanged => starts.Count > 0;

        public bool IsSilent { get; set; }

        public Func<Agent, IReadOnlyDictionary<string, double>> Values { get; set; } = agent => agent.Usual();

        public Func<Agent, IReadOnlyList<string>> Errors { get; set; } = _ => [];

        public void Start(Assignment assigned)
        {
            member.Assign(assigned);
            starts.Add(new() { At = fleet.Now.ToUnixTimeMilliseconds(), Version = "2.0", Generation = assigned.Generation });
        }

        public IReadOnlyDictionary<string, double> Usual() => new Dictionary<string, double>
        {
            ["cpu"] = fleet.Around(0.4),
            ["memory"] = fleet.Around(200e6, 0.005),
            ["requestTime"] = fleet.Around(30),
            ["requests"] = fleet.Around(500),
            ["requestErrors"] = 0,
            ["restarts"] = 0,
            ["errors"] = Errors(this).Count,
        };

        public void Measure()
        {
            kept.Add((fleet.Step - 1, Values(this), Errors(this)));
            if (kept.Count > 360)
                kept.RemoveAt(0);

            if (Asked is not null && !IsSilent)
                Tell(kept[^1].Step);
        }

        public bool Send(ReadOnlyMemory<byte> message)
        {
            if (ToAgent.Parser.ParseFrom(message.Span) is not { TellSignals: { } asked })
                return true;

            Questions++;
            Asked = asked;
            startsTold = 0;
            kindsTold.Clear();
            if (!IsSilent)
                Tell(asked.FromStep);

            return true;
        }

        public void HangUp(WebSocketCloseStatus status, string reason)
        {
        }

        private void Tell(long from)
        {
            var steps = kept.Where(step => step.Step >= from).ToList();
            var message = new V1.Signals { Asker = Asked!.Asker, StepMs = StepMs, FirstStep = steps is [] ? from : steps[0].Step, Steps = steps.Count };
            if (startsTold != starts.Count)
                message.Starts.AddRange(starts);

            startsTold = starts.Count;
            foreach (var name in steps.SelectMany(step => step.Values.Keys).Distinct())
            {
                message.Known.Add(KnownSignals.Find(name)!.Value);
                message.KnownValues.AddRange(steps.Select(step => (float)step.Values.GetValueOrDefault(name, double.NaN)));
            }

            foreach (var line in steps.SelectMany((step, at) => step.Errors.Select(line => (line, at))).GroupBy(one => one.line))
                message.Kinds.Add(KindOf(line.Key, line.Select(one => one.at)));

            fleet.Desk.Take(this, message);
        }

        private LineKind KindOf(string line, IEnumerable<int> steps)
        {
            var kind = new LineKind { Id = (uint)line.GetHashCode(StringComparison.Ordinal) };
            if (kindsTold.Add(line))
                (kind.Template, kind.Example) = (line, line);

            foreach (var step in steps.GroupBy(at => at))
            {
                kind.At.Add(step.Key);
                kind.Counts.Add(step.Count());
            }

            return kind;
        }
    }
}
