using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>
/// What waits for what. A dependency is satisfied by its lane; one on itself, on a cycle with the work package that has it, or on no work
/// package at all is never satisfied, whatever the lanes say (DESIGN §11).
/// </summary>
internal sealed class DependencyGraph
{
    private const int MaxCycleLength = 12;
    private const int MaxCycleWarnings = 100;
    private const string Arrow = " -> ";

    private readonly TaskSet _tasks;

    /// <summary>For each task file, the places of those it depends on that have a task file too; null for none.</summary>
    private readonly int[]?[] _edges;

    /// <summary>For each task file, the number of its strongly connected component: two on a common cycle share one.</summary>
    private readonly int[] _components;

    public DependencyGraph(TaskSet tasks)
    {
        _tasks = tasks;
        _edges = new int[tasks.Count][];
        bool hasAny = false;
        for (int i = 0; i < _edges.Length; i++)
        {
            _edges[i] = EdgesOf(tasks.Files[i]);
            hasAny |= _edges[i] is not null;
        }

        _components = new int[_edges.Length];
        if (hasAny)
        {
            FindComponents();
        }
        else
        {
            for (int i = 0; i < _components.Length; i++)
            {
                _components[i] = i;
            }
        }
    }

    /// <summary>Whether every dependency is satisfied. Never for a broken task file: what it depends on is not known.</summary>
    public bool IsReady<TLanes>(TaskFile file, TLanes lanes)
        where TLanes : ILaneLookup
    {
        if (file.Problem is not null)
        {
            return false;
        }

        var dependencies = file.Dependencies;
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (!IsSatisfied(file, dependencies[i], lanes))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The dependencies that are not satisfied, in the file's order and as often as it says them.</summary>
    public string[] Unsatisfied<TLanes>(TaskFile file, TLanes lanes)
        where TLanes : ILaneLookup
    {
        var unsatisfied = new List<string>();
        var dependencies = file.Dependencies;
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (!IsSatisfied(file, dependencies[i], lanes))
            {
                unsatisfied.Add(dependencies[i]);
            }
        }

        return unsatisfied.ToArray();
    }

    /// <summary>Adds a sentence for every dependency that can never be satisfied, and for every cycle.</summary>
    public void AddWarnings<TLanes>(TLanes lanes, List<string> warnings)
        where TLanes : ILaneLookup
    {
        for (int i = 0; i < _edges.Length; i++)
        {
            var file = _tasks.Files[i];
            var dependencies = file.Dependencies;
            for (int d = 0; d < dependencies.Length; d++)
            {
                string dependency = dependencies[d];
                if (IsRepeated(dependencies, d))
                {
                    continue;
                }

                if (string.Equals(dependency, file.WpId, StringComparison.Ordinal))
                {
                    warnings.Add(Messages.DependencySelf(file.WpId));
                }
                else if (!IsKnown(dependency, lanes))
                {
                    warnings.Add(Messages.DependencyUnknown(file.WpId, dependency));
                }
            }
        }

        AddCycles(warnings);
    }

    private bool IsSatisfied<TLanes>(TaskFile file, string dependency, TLanes lanes)
        where TLanes : ILaneLookup
    {
        // Without events it is planned if it has a task file, and nothing at all if it has none.
        if (!lanes.TryGetLane(dependency, out var lane) || !Lanes.SatisfiesDependency(lane))
        {
            return false;
        }

        int from = _tasks.IndexOf(file.WpId), to = _tasks.IndexOf(dependency);
        return from < 0 || to < 0 || (from != to && _components[from] != _components[to]);
    }

    private bool IsKnown<TLanes>(string wpId, TLanes lanes)
        where TLanes : ILaneLookup => _tasks.IndexOf(wpId) >= 0 || lanes.TryGetLane(wpId, out _);

    private static bool IsRepeated(string[] dependencies, int at)
    {
        for (int i = 0; i < at; i++)
        {
            if (string.Equals(dependencies[i], dependencies[at], StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private int[]? EdgesOf(TaskFile file)
    {
        List<int>? edges = null;
        for (int i = 0; i < file.Dependencies.Length; i++)
        {
            int to = _tasks.IndexOf(file.Dependencies[i]);
            if (to >= 0)
            {
                (edges ??= []).Add(to);
            }
        }

        return edges?.ToArray();
    }

    /// <summary>Tarjan's algorithm, with its own stack: a chain may be longer than the thread's stack allows.</summary>
    private void FindComponents()
    {
        int count = _edges.Length, counter = 0, component = 0;
        var order = new int[count];
        var low = new int[count];
        var nextEdge = new int[count];
        var onStack = new bool[count];
        var stack = new Stack<int>();
        var path = new Stack<int>();
        for (int root = 0; root < count; root++)
        {
            if (order[root] != 0)
            {
                continue;
            }

            path.Push(root);
            while (path.TryPeek(out int at))
            {
                if (order[at] == 0)
                {
                    order[at] = low[at] = ++counter;
                    stack.Push(at);
                    onStack[at] = true;
                }

                var edges = _edges[at];
                if (nextEdge[at] < (edges?.Length ?? 0))
                {
                    int to = edges![nextEdge[at]++];
                    if (order[to] == 0)
                    {
                        path.Push(to);
                    }
                    else if (onStack[to])
                    {
                        low[at] = Math.Min(low[at], order[to]);
                    }

                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int parent))
                {
                    low[parent] = Math.Min(low[parent], low[at]);
                }

                if (low[at] != order[at])
                {
                    continue;
                }

                int member;
                do
                {
                    member = stack.Pop();
                    onStack[member] = false;
                    _components[member] = component;
                }
                while (member != at);
                component++;
            }
        }
    }

    /// <summary>A warning for each work package on a cycle, unless a cycle that was shown already names it.</summary>
    private void AddCycles(List<string> warnings)
    {
        var shown = new bool[_edges.Length];
        int count = 0;
        for (int i = 0; i < _edges.Length && count < MaxCycleWarnings; i++)
        {
            if (!shown[i] && ShortestCycle(i) is { } cycle)
            {
                foreach (int member in cycle)
                {
                    shown[member] = true;
                }

                warnings.Add(Messages.DependencyCycle(_tasks.Files[i].WpId, Describe(cycle)));
                count++;
            }
        }
    }

    /// <summary>The shortest way from a work package back to itself through others; null if there is none.</summary>
    private List<int>? ShortestCycle(int start)
    {
        if (_edges[start] is null)
        {
            return null;
        }

        Queue<int>? queue = null;
        int[]? from = null;
        for (int at = start; ; at = queue.Dequeue())
        {
            foreach (int to in _edges[at] ?? [])
            {
                if (to == at || _components[to] != _components[start])
                {
                    continue;
                }

                if (to == start)
                {
                    var cycle = new List<int>();
                    for (int step = at; step != start; step = from![step] - 1)
                    {
                        cycle.Add(step);
                    }

                    cycle.Add(start);
                    cycle.Reverse();
                    return cycle;
                }

                from ??= new int[_edges.Length];
                if (from[to] == 0)
                {
                    // One more than the place, so that 0 means that nobody came here yet.
                    from[to] = at + 1;
                    (queue ??= []).Enqueue(to);
                }
            }

            if (queue is not { Count: > 0 })
            {
                return null;
            }
        }
    }

    private string Describe(List<int> cycle)
    {
        var names = new List<string>();
        foreach (int member in cycle)
        {
            if (names.Count == MaxCycleLength)
            {
                names.Add("…");
                break;
            }

            names.Add(_tasks.Files[member].WpId);
        }

        names.Add(_tasks.Files[cycle[0]].WpId);
        return string.Join(Arrow, names);
    }
}
