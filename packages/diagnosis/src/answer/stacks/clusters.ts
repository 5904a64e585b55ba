import { command, config, forAll, type StackHelp } from '../help.ts';

const containerState = command(
  'Which containers run, and how the others ended',
  "docker ps -a --format 'table {{.Names}}\\t{{.Status}}\\t{{.Ports}}'",
);
const containerLog = command('The container’s log', 'docker logs --since 30m --timestamps CONTAINER | tail -n 200');
const containerKilled = command(
  'Whether it was killed for memory',
  "docker inspect -f '{{.Name}} OOM-killed: {{.State.OOMKilled}}, exit {{.State.ExitCode}}, restarts {{.RestartCount}}' CONTAINER",
);

export const containers: StackHelp = {
  id: 'containers',
  fixes: {
    'origin-not-listening': [
      containerState,
      command('Start it again', 'docker compose up -d SERVICE'),
      config(
        'Listen on every address of the container, not on its loopback',
        '# in the application: 0.0.0.0:PORT, not 127.0.0.1:PORT',
      ),
    ],
    ...forAll(
      ['gateway-wrong-target', 'origin-unreachable'],
      [
        containerState,
        command(
          'Whether both share a network',
          "docker inspect -f '{{.Name}} {{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}' GATEWAY CONTAINER",
        ),
      ],
    ),
    'upstream-dns': [
      containerState,
      config(
        'Ask Docker’s own resolver anew, so that a container made anew is found (nginx)',
        'resolver 127.0.0.11 valid=10s;',
      ),
    ],
    ...forAll(['origin-closed-early', 'origin-reset'], [containerKilled, containerLog]),
    'no-live-upstream': [containerState, containerLog],
    ...forAll(
      ['origin-saturated', 'origin-timeout'],
      [command('What it uses, and may use', 'docker stats --no-stream')],
    ),
  },
  otherwise: [containerState, containerLog],
  log: [containerLog],
  source: 'docs.docker.com/reference/cli/docker; docs.docker.com/engine/network',
};

const pods = command('The pods, and how often they were started anew', 'kubectl get pods -o wide');
const previous = command('The log of a container that ended', 'kubectl logs POD --previous --tail=200');
const why = command(
  'Why it ended or is not ready',
  "kubectl describe pod POD | grep -A5 -E 'Last State|Reason|Readiness|Events'",
);
const endpoints = command(
  'Whether the service has ready pods',
  'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE',
);

export const kubernetes: StackHelp = {
  id: 'kubernetes',
  fixes: {
    ...forAll(
      ['origin-not-listening', 'no-live-upstream'],
      [endpoints, pods, why, command('Go back to the version before', 'kubectl rollout undo deployment/NAME')],
    ),
    'gateway-wrong-target': [
      command(
        'The service’s port and the container’s',
        'kubectl get service SERVICE -o jsonpath=\'{.spec.ports}{"\\n"}\'',
      ),
    ],
    'origin-unreachable': [
      endpoints,
      command('Whether a rule keeps the ingress out', 'kubectl get networkpolicies -A'),
    ],
    'upstream-dns': [
      command(
        'The name, asked in the cluster',
        'kubectl run -it --rm dns --image=busybox --restart=Never -- nslookup SERVICE.NAMESPACE.svc.cluster.local',
      ),
    ],
    ...forAll(
      ['origin-closed-early', 'origin-reset'],
      [
        why,
        previous,
        config('Let requests end before a pod goes', 'lifecycle:\n  preStop:\n    exec: { command: [sleep, "10"] }'),
      ],
    ),
    ...forAll(
      ['origin-saturated', 'origin-timeout'],
      [
        command('What the pods use', 'kubectl top pods'),
        command('More of them', 'kubectl scale deployment/NAME --replicas=4'),
      ],
    ),
  },
  otherwise: [pods, why],
  log: [command('The pod’s log', 'kubectl logs POD --since=30m --timestamps --tail=200'), previous],
  source: 'kubernetes.io/docs/tasks/debug/debug-application',
};
